import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestTab } from '../../../testing/test-tab.tsx';
import { UnreadableRecords } from './unreadable-records.tsx';

interface Unreadable {
  readonly stream: string;
  readonly revision: number;
  readonly why: string;
}

describe('what nobody can read in the log', () => {
  let tab: TestTab;
  let unreadable: readonly Unreadable[];

  beforeEach(() => {
    jest.useFakeTimers();
    unreadable = [];
    tab = new TestTab(() => ({ body: { unreadable } }));
  });

  afterEach(async () => {
    await tab.close();
    jest.useRealTimers();
  });

  it('is not spoken of where there is none, and is named when it comes', async () => {
    await tab.show(<UnreadableRecords />);
    expect(tab.find('details')).toBeNull();
    unreadable = [{ stream: 'cw-centre-1', revision: 4, why: 'it holds no envelope' }];
    await tab.wait(61_000);
    expect(tab.text).toContain('One record');
    expect(tab.text).toContain('cw-centre-1, revision 4 it holds no envelope');
    expect(tab.asked).toEqual(['/api/log', '/api/log']);
  });

  it('of a great many is counted beyond those that are named', async () => {
    unreadable = Array.from({ length: 1_250 }, (_, revision) => ({
      stream: 'cw-centre-1',
      revision,
      why: 'it holds no envelope',
    }));
    await tab.show(<UnreadableRecords />);
    expect(tab.text).toContain('1,250 records');
    expect(tab.text).toContain('and 1,200 more');
  });
});
