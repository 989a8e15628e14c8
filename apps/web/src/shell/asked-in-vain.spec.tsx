import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { ApiProblem } from '../api/api-problem.ts';
import { TestTab } from '../testing/test-tab.tsx';
import { AskedInVain } from './asked-in-vain.tsx';
import { ReadableAddress } from './readable-address.tsx';

const WORDS = 'Event 99999999 is not in this log, whose last is 2924.';
let tab: TestTab;
beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
  tab = new TestTab(() => ({ status: 503, body: { code: 'overloaded', detail: '' } }));
});
afterEach(async () => {
  await tab.close();
  history.replaceState(null, '', '/');
  jest.useRealTimers();
});

it('a moment that the node refuses is told in its own words, with the way to the present', async () => {
  history.replaceState(null, '', '/en/situation?asof=99999999&window=7d');
  const error = new ApiProblem('invalid', 422, WORDS, null);
  await tab.show(<AskedInVain error={error} onTry={() => undefined} />, 'asof=99999999');
  expect(tab.text).toContain(WORDS);
  expect(tab.text).not.toContain('Try now');
  await tab.press('Show the present');
  expect(location.search).toBe('?window=7d');
});

it('what may pass is asked again', async () => {
  const error = new ApiProblem('overloaded', 503, '', null);
  const onTry = jest.fn();
  await tab.show(<AskedInVain error={error} onTry={onTry} />, 'asof=7');
  await tab.press('Try now');
  expect(onTry).toHaveBeenCalledTimes(1);
});

it('an address that cannot be read shows no screen, but which part of it', async () => {
  const screen = <ReadableAddress>{'the screen'}</ReadableAddress>;
  history.replaceState(null, '', '/en/situation?asof=abc');
  await tab.show(screen, 'asof=abc');
  expect(tab.text).toContain('Its part asof says nothing');
  expect(tab.text).not.toContain('the screen');
  await tab.press('Show the present');
  expect(location.search).toBe('');
  await tab.show(screen);
  expect(tab.text).toContain('the screen');
  expect(tab.text).not.toContain('says nothing');
});
