import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { createTranslator } from 'next-intl';
import { NO_NAMES } from '../../../format/words.ts';
import { MovingMoment } from '../../../filter/moment.ts';
import { CATALOGUES } from '../../../locales.ts';
import { CentreContext, type CentreView } from '../../../shell/use-centre.ts';
import { TestTab } from '../../../testing/test-tab.tsx';
import { CeasefireClock, fireSince } from './ceasefire-clock.tsx';

const t = createTranslator({ locale: 'en', messages: CATALOGUES.en });
const IN_FORCE = '2020-11-09T21:00:00.000Z';
/** What is told, whatever sort of blanks stands in it. */
function told(at: string | null): string {
  const last = at === null ? null : { id: '', number: 1, at };
  return fireSince(IN_FORCE, last, Date.UTC(2026, 10, 22, 12), t).replaceAll(/\s/g, ' ');
}

it('a fire item from before the ceasefire is not told beside its clock', () => {
  expect(told('2016-09-20T10:00:00.000Z')).toBe('no fire item since');
  expect(told('2020-11-09T20:59:59.999Z')).toBe('no fire item since');
  expect(told(IN_FORCE)).toBe('last fire item 2,203 d 15 h ago');
  expect(told('2026-11-22T11:55:00.000Z')).toBe('last fire item 5 min ago');
  expect(told(null)).toBe('no fire item recorded');
});

const CENTRE: CentreAnswer = {
  asOf: 7,
  log: '019aa9c0-0000-7000-8000-000000000001',
  exercise: true,
  name: { en: 'Centre' },
  zone: 'UTC',
  cutOff: null,
  missionArea: [46, 39, 47, 40],
  declinationMdeg: null,
  contingents: [],
  units: [],
  areas: [],
  officers: [],
  places: [],
  ceasefire: {
    name: { en: 'Ceasefire' },
    parties: [],
    signedAt: null,
    inForceAt: '2026-11-12T12:00:00.000Z',
    publishedAt: null,
    endedAt: null,
    zone: 'UTC',
    sources: [],
  },
  annotations: [],
  sources: [],
};
const VIEW: CentreView = {
  centre: CENTRE,
  settled: true,
  names: NO_NAMES,
  zone: 'UTC',
  error: null,
  retry: () => undefined,
};

/** What the clock says ten days after the ceasefire began, under an address. */
async function shown(
  search: string,
  at: string | null,
  { settled = true, moving = null }: { settled?: boolean; moving?: number | null } = {},
): Promise<string> {
  await tab.show(
    <CentreContext value={{ ...VIEW, settled }}>
      <MovingMoment value={moving === null ? null : { asOf: moving, until: null }}>
        <CeasefireClock lastFireItem={null} at={at} />
      </MovingMoment>
    </CentreContext>,
    search,
  );
  await tab.wait(1_000);
  return tab.text.replaceAll(/\s/g, ' ');
}

let tab: TestTab;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
  tab = new TestTab(() => ({ body: null }));
});
afterEach(async () => {
  await tab.close();
  jest.useRealTimers();
});

it('of the past it tells nothing before the moment is known, least of all the time of the present', async () => {
  expect(await shown('', null)).toContain('10 d');
  expect(await shown('asof=7', null)).not.toContain('10 d');
  expect(await shown('asof=7', '2026-11-14T12:00:00.000Z')).toContain('2 d');
});

it('of a moment it tells no ceasefire that only a later centre knows', async () => {
  const then = '2026-11-14T12:00:00.000Z';
  // The centre as of the moment is still asked for, and the present one stands in its place.
  expect(await shown('asof=7', then, { settled: false })).not.toContain('2 d');
  // A hand moves, and the address follows it later.
  expect(await shown('', then, { moving: 5 })).not.toContain('2 d');
  expect(await shown('asof=7', then, { moving: 5 })).not.toContain('2 d');
  expect(await shown('asof=7', then, { moving: 9 })).toContain('2 d');
});
