import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { TestTab } from '../../../testing/test-tab.tsx';
import { useLogEntry } from './use-log-entry.ts';

let tab: TestTab;
let bytes: string;

function Bytes() {
  const { data } = useLogEntry(5);
  return <p>{JSON.stringify(data)}</p>;
}

beforeEach(() => {
  jest.useFakeTimers();
  bytes = 'of the first log';
  tab = new TestTab(() => ({ body: { bytes } }));
});

afterEach(async () => {
  await tab.close();
  jest.useRealTimers();
});

it('an event of one number in another log has its own bytes', async () => {
  await tab.show(<Bytes />);
  expect(tab.text).toContain('of the first log');
  bytes = 'of the second log';
  await tab.serveAnotherLog();
  expect(tab.text).toContain('of the second log');
});
