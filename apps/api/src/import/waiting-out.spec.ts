import { describe, expect, it } from '@jest/globals';
import { EventLogError } from '../event-log/event-log-error.ts';
import { waitingOutOverload } from './waiting-out.ts';

describe('a row that meets a full queue', () => {
  it('is carried as soon as the queue has room, after the pause that it asked for', async () => {
    const began = performance.now();
    let asked = 0;
    const carried = await waitingOutOverload(async () => {
      asked += 1;
      if (asked < 3) throw new EventLogError('overloaded', 'full', { retryAfterMs: 40 });
      return 'recorded';
    });
    expect([carried, asked]).toEqual(['recorded', 3]);
    expect(performance.now() - began).toBeGreaterThanOrEqual(78);
  });

  it('ends with whatever else goes wrong', async () => {
    const full = new EventLogError('storage_full', 'the disk is full');
    await expect(waitingOutOverload(() => Promise.reject(full))).rejects.toBe(full);
  });
});
