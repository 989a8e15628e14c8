import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import { Judging } from './alarm-watch.ts';
import { ALARMS } from './alarms.ts';
import type { Signs } from './vital-signs.ts';

const NOW = Date.UTC(2026, 7, 15, 20);
const DAY_MS = 86_400_000;
const STRANGER = { stream: 'cw.centre', revision: 3, why: 'it is no event' };

/** A node that nobody need look at. */
const WELL: Signs = {
  now: NOW,
  log: '019aa9c0-0000-7000-8000-000000000001',
  exercise: false,
  store: {
    kind: 'sqlite',
    state: 'here',
    forS: 60,
    since: new Date(NOW - 60_000).toISOString(),
    why: null,
    staleSince: null,
    damage: null,
    verification: null,
    unreadable: [],
  },
  readModel: 'live',
  readModelFailure: null,
  columnsLoaded: true,
  verified: {
    state: 'sound',
    endedAt: new Date(NOW - DAY_MS).toISOString(),
    flaws: 0,
    rowsDiffered: 0,
  },
  verificationFailed: false,
  head: 50_000,
  projected: 49_000,
  lag: 1_000,
  lastEventAt: new Date(NOW).toISOString(),
  tableRows: 0,
  queues: [{ name: 'exports', length: 3, limit: 4, refused: 7 }],
  sockets: { connected: 0, streaming: 0 },
  requestsUnderWay: 0,
  eventLoopDelayMs: { p50: 1, p99: 150, max: 900 },
  cpuSeconds: 1,
  residentBytes: 1,
  heapBytes: 1,
  uptimeS: 90_000,
};

const ILL: readonly (readonly [alarm: string, Partial<Signs>, says: RegExp])[] = [
  [
    'store_damaged',
    { store: { ...WELL.store, state: 'damaged', damage: { seq: 7, why: 'a bit is other' } } },
    /a bit is other/,
  ],
  ['store_full', { store: { ...WELL.store, state: 'full' } }, /no room/],
  ['store_away', { store: { ...WELL.store, state: 'away', why: 'no leader' } }, /no leader/],
  ['strangers_in_the_store', { store: { ...WELL.store, unreadable: [STRANGER] } }, /^1 records/],
  ['verification_flaws', { verified: { ...verified(), flaws: 2 } }, /^2 flaws/],
  ['verification_failed', { verificationFailed: true }, /could not be done/],
  [
    'verification_late',
    { verified: { ...verified(), endedAt: new Date(NOW - 3 * DAY_MS).toISOString() } },
    /two days/,
  ],
  ['verification_late', { verified: null, uptimeS: 3 * 86_400 }, /two days/],
  [
    'read_model_failed',
    { readModel: 'failed', readModelFailure: 'no such table' },
    /no such table/,
  ],
  ['read_model_behind', { lag: 10_001 }, /^10001 events/],
  ['event_loop_slow', { eventLoopDelayMs: { p50: 1, p99: 201, max: 900 } }, /201 ms/],
  ['queue_full', { queues: [{ name: 'exports', length: 4, limit: 4, refused: 7 }] }, /^exports$/],
  ['queue_full', { queues: [{ name: 'exports', length: 3, limit: 4, refused: 8 }] }, /^exports$/],
];

describe('what somebody is called for', () => {
  it('is nothing where a node is well, also before its first verification', () => {
    for (const signs of [WELL, { ...WELL, verified: null, uptimeS: 60 }]) {
      expect(ALARMS.filter((alarm) => alarm.says(signs, signs) !== undefined)).toEqual([]);
    }
  });

  it.each(ILL)('%s, and nothing else, is said of %j', (name, other, says) => {
    const signs = { ...WELL, ...other };
    const raised = ALARMS.flatMap((alarm) => {
      const said = alarm.says(signs, WELL);
      return said === undefined ? [] : [[alarm.name, said]];
    });
    expect(raised).toEqual([[name, expect.stringMatching(says)]]);
  });

  it('is every alarm there is, each with its row in docs/operating.md', () => {
    const names = ALARMS.map(({ name }) => name);
    expect(new Set(ILL.map(([name]) => name))).toEqual(new Set(names));
    const page = readFileSync(new URL('../../../../docs/operating.md', import.meta.url), 'utf8');
    const rows = page.matchAll(/^\| `(\w+)` +\|[^|]+\| (\d+) s +\|/gm);
    expect([...rows].map(([, name, forS]) => ({ name, forS: Number(forS) }))).toEqual(
      ALARMS.map(({ name, forS }) => ({ name, forS })),
    );
  });
});

test('an alarm begins once it has been so for its time at every look, and is told once each way', () => {
  const away = { ...WELL, store: { ...WELL.store, state: 'away' as const, why: 'no leader' } };
  const judging = new Judging({
    name: 'store_away',
    forS: 30,
    says: ({ store }) => store.why ?? undefined,
  });
  expect(judging.look(away, 0)).toBeUndefined();
  expect(judging.look(WELL, 29_000)).toBeUndefined();
  expect(judging.look(away, 31_000)).toBeUndefined();
  expect(judging.look(away, 60_000)).toBeUndefined();
  expect(judging.raised).toBeUndefined();
  expect(judging.look({ ...away, now: NOW + 1 }, 61_000)).toMatchObject({
    level: 'error',
    alarm: 'store_away',
    says: 'no leader',
  });
  expect(judging.raised).toEqual({
    name: 'store_away',
    says: 'no leader',
    since: new Date(NOW).toISOString(),
  });
  expect(judging.look(away, 66_000)).toBeUndefined();
  expect(judging.look(WELL, 71_000)).toMatchObject({ level: 'info', says: 'over' });
  expect([judging.raised, judging.look(WELL, 76_000)]).toEqual([undefined, undefined]);
});

function verified(): NonNullable<Signs['verified']> {
  if (WELL.verified === null) throw new Error('verified');
  return WELL.verified;
}
