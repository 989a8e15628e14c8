import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { TestTab } from '../../../testing/test-tab.tsx';
import { CopyButton } from './copy-button.tsx';

const LABEL = 'Copy the head';
let tab: TestTab;
beforeEach(async () => {
  jest.useFakeTimers();
  tab = new TestTab(() => ({ body: null }));
  await tab.show(<CopyButton label={LABEL} text={() => '7:abc'} />);
});
afterEach(async () => {
  await tab.close();
  jest.useRealTimers();
});

it('has a name, which nothing within it takes away', () => {
  expect(tab.find('button')?.textContent).toBe(LABEL);
  expect(tab.find('button [role]')).toBeNull();
});

it('says where it was pressed and to whoever listens what came of it', async () => {
  expect(tab.find('[role=status]')?.textContent).toBe('');
  // There is no clipboard here, as on an insecure origin.
  await tab.press(LABEL);
  const said = tab.find('[role=status]')?.textContent;
  expect(said).not.toBe('');
  expect(tab.find('button')?.textContent).toBe(said);
});
