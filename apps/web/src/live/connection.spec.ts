import { describe, expect, it } from '@jest/globals';
import { connectionOf } from './connection.ts';
import type { DeviceTime } from './device-time.ts';
import { IDLE_VIEW, type LiveView } from './live-feed.ts';

const at = (seconds: number): DeviceTime => ({ wall: seconds * 1000, steady: seconds * 1000 });

/** A tab that has not heard its node yet. */
const UNHEARD: LiveView = {
  ...IDLE_VIEW,
  link: 'connecting',
  log: 'log',
  mine: 10,
  head: 10,
  projected: 10,
};

/** Its first try failed at second 0 and the next one is due. */
const REFUSED: LiveView = { ...UNHEARD, link: 'closed', closedAt: at(0), retryAt: 500 };

describe('the connection in the first fifteen seconds', () => {
  it('is being made while nothing has been heard, and nothing shown is called old', () => {
    expect(connectionOf({ ...UNHEARD, link: 'idle' }, at(0), false).state).toBe('connecting');
    expect(connectionOf(UNHEARD, at(60), false)).toMatchObject({
      state: 'connecting',
      stale: false,
      ageMs: 0,
    });
  });

  it('is still being made after a first try that failed, and while the second is under way', () => {
    for (const second of [0, 1, 14.9]) {
      expect(connectionOf(REFUSED, at(second), false)).toMatchObject({
        state: 'connecting',
        stale: false,
      });
      expect(connectionOf({ ...REFUSED, link: 'connecting' }, at(second), false).state).toBe(
        'connecting',
      );
    }
  });

  it('is lost when they have passed without a word of the node', () => {
    expect(connectionOf(REFUSED, at(15), false)).toMatchObject({ state: 'offline', stale: false });
    expect(connectionOf(REFUSED, at(15.1), false)).toMatchObject({
      state: 'offline',
      stale: true,
      lost: 'node',
      ageMs: 15_100,
    });
    expect(connectionOf({ ...REFUSED, link: 'connecting' }, at(16), false).state).toBe('offline');
  });

  it('is live with the first heartbeat, and lost at once when it breaks after one', () => {
    const open: LiveView = { ...UNHEARD, link: 'open', openedAt: at(1), heartbeatAt: at(2) };
    expect(connectionOf(open, at(3), false)).toMatchObject({ state: 'live', stale: false });
    const cut: LiveView = { ...open, link: 'closed', closedAt: at(4), retryAt: 4_500 };
    expect(connectionOf(cut, at(4), false)).toMatchObject({ state: 'offline', stale: false });
  });

  it('open but unheard is no better than none: it is being made, then old', () => {
    const open: LiveView = { ...UNHEARD, link: 'open', openedAt: at(0) };
    expect(connectionOf(open, at(15), false).state).toBe('connecting');
    expect(connectionOf(open, at(15.1), false)).toMatchObject({ state: 'stale', stale: true });
  });

  it('says nothing of the past, whatever it is itself', () => {
    expect(connectionOf(REFUSED, at(60), true)).toMatchObject({ state: 'past', stale: false });
  });
});
