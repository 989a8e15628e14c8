import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { eventPath, streamPath } from '../app/[locale]/log/event-path.ts';
import { ObservationTable } from '../app/[locale]/observations/observation-table.tsx';
import { ExerciseStrip } from '../app/[locale]/situation/exercise-strip.tsx';
import { testRow } from '../testing/test-rows.ts';
import { TestTab } from '../testing/test-tab.tsx';

const UNTIL = '2026-10-01T00:00:00.000Z';
const BOTH = `asof=2001&until=${encodeURIComponent(UNTIL)}`;

let tab: TestTab;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
  tab = new TestTab(() => ({ body: {} }));
});
afterEach(async () => {
  await tab.close();
  jest.useRealTimers();
});

const ofObservation = () =>
  tab.find('a[href*="/observation?"]')?.getAttribute('href')?.split('&').slice(1).join('&');

it('a row of the list leads to its observation in the same past, on both axes', async () => {
  await tab.show(<ObservationTable rows={[testRow(1)]} loading={false} />, BOTH);
  expect(ofObservation()).toBe(BOTH);
  await tab.show(<ObservationTable rows={[testRow(1)]} loading={false} />, `until=${UNTIL}`);
  expect(ofObservation()).toBe(`until=${encodeURIComponent(UNTIL)}`);
});

it("the exercise's tour does not leave the past", async () => {
  await tab.show(<ExerciseStrip />, BOTH);
  expect(ofObservation()).toBe(BOTH);
});

it('the log is opened in the same past, on both axes', () => {
  const moment = { asOf: 2001, until: UNTIL };
  expect(eventPath('en', 7, moment)).toContain(BOTH);
  expect(streamPath('en', 'centre', moment)).toContain(BOTH);
  expect(streamPath('en', 'centre', { asOf: null, until: UNTIL })).not.toContain('asof');
});
