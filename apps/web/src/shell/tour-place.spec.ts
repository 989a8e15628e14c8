import { afterEach, expect, jest, test } from '@jest/globals';
import { TOUR_SCRIPT, tourIsDue } from './tour-place.ts';

const KEY = 'ceasewatch.settings';

/** As the browser runs it, with what the node said in the head of its answer. */
function run(sort: 'exercise' | 'real' | null): boolean {
  const serverTiming = sort === null ? [] : [{ name: 'centre', description: sort }];
  const entries = jest.fn(() => [{ serverTiming }]);
  Object.assign(performance, { getEntriesByType: entries });
  const script = document.createElement('script');
  script.textContent = TOUR_SCRIPT;
  document.head.append(script);
  return tourIsDue();
}

afterEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset['tour'];
});

test.each([
  ['exercise', null, true],
  ['real', null, false],
  [null, null, true],
  ['exercise', '{"tour":false}', false],
  ['exercise', '{"tour":true}', true],
  ['exercise', 'not ours', true],
  ['exercise', '{}', true],
] as const)('the strip of a centre that is said to be %s, with %p kept, is due: %p', (...told) => {
  const [sort, kept, due] = told;
  if (kept !== null) localStorage.setItem(KEY, kept);
  expect(run(sort)).toBe(due);
});

test('the script has no sign that stands otherwise in HTML', () => {
  expect(TOUR_SCRIPT).not.toMatch(/[&<>"']/);
});
