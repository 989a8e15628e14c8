import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { deviceTime } from './device-time.ts';
import { IDLE_VIEW, type LiveView } from './live-feed.ts';
import { nextTry } from './next-try.ts';

/** What a tab knows of its node, and who looks at it. */
class Told {
  readonly viewers = new Set<() => void>();
  view: LiveView = { ...IDLE_VIEW, link: 'open', openedAt: deviceTime() };

  current = (): LiveView => this.view;
  watch = (viewer: () => void) => {
    this.viewers.add(viewer);
    return () => this.viewers.delete(viewer);
  };

  heartbeat(change: Partial<LiveView>): void {
    this.view = { ...this.view, heartbeatAt: deviceTime(), ...change };
    for (const viewer of this.viewers) viewer();
  }
}

describe('the wait before a report is sent again', () => {
  let feed: Told;
  let times: number;
  const waiting = (pauseMs: number) => {
    const next = nextTry(feed, pauseMs);
    void next.due.then(() => (times += 1));
    return next;
  };
  const after = async (ms: number) => {
    await jest.advanceTimersByTimeAsync(ms);
    return times;
  };

  beforeEach(() => {
    jest.useFakeTimers();
    feed = new Told();
    feed.heartbeat({});
    times = 0;
  });
  afterEach(() => void jest.useRealTimers());

  it('takes its pause while the pill is live all the while', async () => {
    waiting(8_000);
    feed.heartbeat({});
    expect(await after(7_999)).toBe(0);
    expect(await after(1)).toBe(1);
    expect(feed.viewers.size).toBe(0);
  });

  it('is over when the store is back and nothing of it is missing here, and only once', async () => {
    feed.heartbeat({ store: 'away', staleMs: 2_000 });
    waiting(15_000);
    feed.heartbeat({ store: 'away', staleMs: 7_000 });
    feed.heartbeat({ store: 'here', staleMs: 9_000 });
    expect(await after(1_000)).toBe(0);
    feed.heartbeat({ store: 'here', staleMs: null });
    expect(await after(0)).toBe(1);
    feed.heartbeat({ store: 'away', staleMs: 2_000 });
    feed.heartbeat({ store: 'here', staleMs: null });
    expect(await after(60_000)).toBe(1);
  });

  it('is over when a node that was lost has sent its first word again', async () => {
    waiting(15_000);
    feed.heartbeat({ link: 'closed', closedAt: deviceTime() });
    await after(2_000);
    feed.view = { ...feed.view, link: 'open', closedAt: null, openedAt: deviceTime() };
    for (const viewer of feed.viewers) viewer();
    expect(await after(0)).toBe(0);
    feed.heartbeat({});
    expect(await after(0)).toBe(1);
  });

  it('is over when somebody asks for it', async () => {
    waiting(15_000).now();
    expect(await after(0)).toBe(1);
    expect(feed.viewers.size).toBe(0);
  });
});
