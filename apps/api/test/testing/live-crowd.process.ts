import { argv } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { type CrowdMember, digestOf } from './live-crowd.ts';
import { LiveFollower } from './live-follower.ts';

/**
 * Many dashboards in one process, without the screens: each follows the live feed at an address behind
 * which there are several nodes, comes back whenever its connection ends, and keeps what it was told.
 */
const [address = '', count = '1'] = argv.slice(2);
/** As the dashboard of the product tries again, in `live-feed.ts`: after each failure twice as late. */
const RETRY_FIRST_MS = 500;
const RETRY_MOST_MS = 10_000;

interface Member {
  readonly follower: LiveFollower;
  connections: number;
  longestGapMs: number;
}

let leaving = false;

async function live(member: Member): Promise<void> {
  const { follower } = member;
  let failures = 0;
  for (let lostAt: number | undefined; !leaving;) {
    try {
      await follower.connect(address);
      member.connections += 1;
      failures = 0;
      if (lostAt !== undefined) {
        member.longestGapMs = Math.max(member.longestGapMs, performance.now() - lostAt);
      }
      await follower.client?.closed;
      lostAt = performance.now();
    } catch {
      // Nobody behind the address just now: a dashboard counts down and tries again.
      lostAt ??= performance.now();
    }
    const longest = Math.min(RETRY_MOST_MS, RETRY_FIRST_MS * 2 ** failures);
    await pause(longest * (0.75 + Math.random() / 2));
    failures += 1;
  }
}

function told({ follower, connections, longestGapMs }: Member): CrowdMember {
  const { position, log, reloads, gaps, applied } = follower;
  const seqs = applied.map(({ seq }) => seq);
  const inOrder = seqs.every((seq, at) => at === 0 || seq === (seqs[at - 1] ?? 0) + 1);
  return {
    position,
    log,
    reloads,
    gaps,
    connections,
    longestGapMs,
    inOrder,
    applied: applied.length,
    digest: digestOf(applied),
  };
}

const members: readonly Member[] = Array.from({ length: Number(count) }, () => {
  return { follower: new LiveFollower(), connections: 0, longestGapMs: 0 };
});
for (const member of members) void live(member);

process.on('message', (asked: 'where' | 'all') => {
  process.send?.(
    asked === 'where' ? members.map(({ follower }) => follower.position) : members.map(told),
  );
});
process.on('disconnect', () => {
  leaving = true;
  process.exit(0);
});
