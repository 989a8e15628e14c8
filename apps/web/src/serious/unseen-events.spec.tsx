import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { testChange, testRow } from '../testing/test-rows.ts';
import { TestTab } from '../testing/test-tab.tsx';
import { useTabTitle } from '../shell/use-tab-title.ts';
import { isFirstSighting } from './first-sighting.ts';
import { SeriousBanner } from './serious-banner.tsx';
import { countOf } from './unseen-events.ts';
import { useUnseenEvents } from './use-unseen-events.ts';

/** Like the shell: it is there whatever screen is. */
function Shell({ screen }: { readonly screen: string }) {
  const [unseen, seen] = useUnseenEvents();
  useTabTitle(true, countOf(unseen));
  return (
    <>
      <SeriousBanner unseen={unseen} onSeen={seen} />
      <p key={screen}>{screen}</p>
    </>
  );
}

const casualty = (number: number, version = 1) => testRow(number, { kind: 'casualty', version });
const armour = (number: number) => testRow(number, { weapon: { category: 'tank_gun' } });

describe('a serious event', () => {
  let tab: TestTab;
  let away: boolean;
  let told: readonly ObservationRow[];

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
    document.title = 'Situation';
    away = false;
    told = [];
    tab = new TestTab(() =>
      away
        ? { status: 503, body: { code: 'overloaded', detail: '' } }
        : { body: { asOf: 10, items: told, matching: told.length } },
    );
  });

  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('stays from screen to screen until somebody says that they have seen it', async () => {
    await tab.show(<Shell screen="situation" />);
    await tab.arrive([testChange(11, casualty(1)), testChange(12, casualty(2))]);
    expect(tab.text).toContain('Open no. 2');
    expect(tab.text).toContain('one more serious event');
    await tab.show(<Shell screen="observation" />);
    expect(tab.text).toContain('Open no. 2');
    expect(document.title).toBe('(2) EXERCISE · Situation');
    await tab.press('Mark as seen');
    expect(tab.text).toContain('Open no. 1');
    await tab.press('Mark as seen');
    expect(tab.find('[role=alert]')).toBeNull();
    expect(document.title).toBe('EXERCISE · Situation');
  });

  it('counts in the tab behind every title that a screen brings', async () => {
    await tab.show(<Shell screen="situation" />);
    await tab.arrive([testChange(11, casualty(1))]);
    document.title = 'Log';
    await tab.settle();
    expect(document.title).toBe('(1) EXERCISE · Log');
  });

  it('is told as it was corrected, and not told twice', async () => {
    await tab.show(<Shell screen="situation" />);
    await tab.arrive([testChange(11, casualty(1))]);
    await tab.arrive([testChange(12, testRow(1, { kind: 'crater', version: 2 }), casualty(1))]);
    expect(tab.text).toMatch(/crater/i);
    await tab.press('Mark as seen');
    expect(tab.find('[role=alert]')).toBeNull();
  });

  it('of a great many is counted beyond those that can be opened', async () => {
    await tab.show(<Shell screen="situation" />);
    const many = Array.from({ length: 300 }, (_, n) => testChange(11 + n, casualty(n + 1)));
    await tab.arrive(many);
    expect(tab.text).toContain('299 more serious events');
  });

  it('may be the first of its weapon class, though the first asking failed', async () => {
    away = true;
    await expect(isFirstSighting('tank_gun', armour(1))).rejects.toMatchObject({
      code: 'overloaded',
    });
    away = false;
    expect(await isFirstSighting('tank_gun', armour(1))).toBe(true);
    expect(await isFirstSighting('tank_gun', armour(2))).toBe(false);
  });

  it('is the first of its weapon class if nothing told of it just before: one small question', async () => {
    const rockets = (number: number) => testRow(number, { weapon: { category: 'mlrs_122' } });
    const [early, late] = [rockets(1_000_001), rockets(1_000_002)];
    told = [rockets(7)];
    expect(await Promise.all([early, late].map((row) => isFirstSighting('mlrs_122', row)))).toEqual(
      [false, false],
    );
    expect(tab.asked).toEqual(['/api/observations?weapon=mlrs_122&asOf=1000000&limit=1']);
    told = [];
    const sam = testRow(9, { weapon: { category: 'sam' } });
    await tab.show(<Shell screen="situation" />);
    await tab.arrive([testChange(11, sam)]);
    expect(tab.text).toContain('Open no. 9');
  });

  it('is a first sighting once more when the node comes back with another log', async () => {
    const flak = (number: number) => testRow(number, { weapon: { category: 'anti_aircraft_gun' } });
    await tab.show(<Shell screen="situation" />);
    await tab.arrive([testChange(11, flak(1))]);
    expect(tab.text).toContain('Open no. 1');
    await tab.press('Mark as seen');
    await tab.arrive([testChange(12, flak(2))]);
    expect(tab.find('[role=alert]')).toBeNull();
    await tab.serveAnotherLog();
    expect(await isFirstSighting('anti_aircraft_gun', flak(3))).toBe(true);
  });
});
