import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { OwnVerification } from './own-verification.ts';
import { VerificationDesk } from './verification-desk.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('a node that verifies itself', () => {
  const begin = jest.fn<() => { readonly from: number }>();
  beforeEach(() => {
    begin.mockReset().mockReturnValue({ from: 0 });
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  async function started() {
    const module = Test.createTestingModule({
      providers: [OwnVerification, { provide: VerificationDesk, useValue: { begin } }],
    });
    return (await module.compile()).init();
  }

  it('begins with the first event some minutes after it started, and every day again', async () => {
    const node = await started();
    jest.advanceTimersByTime(9 * MINUTE_MS);
    expect(begin).not.toHaveBeenCalled();
    jest.advanceTimersByTime(MINUTE_MS);
    expect(begin.mock.calls).toEqual([[{ officer: null, from: 0 }]]);
    jest.advanceTimersByTime(2 * DAY_MS);
    expect(begin).toHaveBeenCalledTimes(3);
    await node.close();
  });

  it('tries again soon where somebody has a part of the log verified just then', async () => {
    begin.mockReturnValueOnce({ from: 500 });
    const node = await started();
    jest.advanceTimersByTime(21 * MINUTE_MS);
    expect(begin).toHaveBeenCalledTimes(2);
    await node.close();
  });

  it('ends with it', async () => {
    await (await started()).close();
    jest.advanceTimersByTime(DAY_MS);
    expect(begin).not.toHaveBeenCalled();
  });
});
