import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import type { Problem } from '@ceasewatch/api/contract/problem';
import { randomOf } from '@ceasewatch/domain/testing/random';
import { isEventLogError } from '../src/event-log/event-log-error.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { commandId, match, report } from './testing/reports.ts';

/**
 * One flipped bit anywhere in the log (its file, its WAL) of a node that was killed or stopped: it is harmless, and
 * then everything is answered as before and what is recorded stays, or it is told, and nothing is recorded.
 */
const PLACES = 8;
const REPORTS = 150;

let base: string;
let reference: Answers;
/** The first report, to be sent again, and one to be retracted. */
let sent: Record<string, unknown> & { id: string };
let retractable: string;
let said: string[];

beforeAll(async () => {
  const node = await NodeUnderTest.started({ embedded: true });
  sent = report({ narrative: 'Three bursts.' });
  await node.post('/api/observations', sent);
  const others = Array.from({ length: REPORTS }, () => report({ narrative: 'Heard from afar.' }));
  for (let from = 0; from < REPORTS; from += 50) {
    const some = others.slice(from, from + 50);
    await Promise.all(some.map((each) => node.post('/api/observations', each)));
  }
  retractable = others[REPORTS / 2]?.id ?? '';
  reference = await answersOf(node);
  base = mkdtempSync(join(tmpdir(), 'ceasewatch-flipped-'));
  // As after a kill: the newest events are in the WAL alone.
  cpSync(node.folder, join(base, 'killed'), { recursive: true });
  await node.stop();
  cpSync(node.folder, join(base, 'stopped'), { recursive: true });
  await node.end();
});
afterAll(() => rmSync(base, { recursive: true }));
beforeEach(() => {
  said = [];
  jest.spyOn(process.stderr, 'write').mockImplementation((line) => said.push(String(line)) > 0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

interface Answers {
  readonly last: number;
  readonly events: readonly LogEntryPage['items'][number][];
  readonly rows: string;
  readonly situation: string;
  readonly changes: string;
  readonly centre: string;
}

async function answersOf(node: NodeUnderTest): Promise<Answers> {
  const events: LogEntryPage['items'][number][] = [];
  for (let after = -1; ;) {
    const page = (await node.get<LogEntryPage>(`/api/events?after=${after}&limit=500`)).body;
    events.push(...page.items);
    if (page.next === undefined) break;
    after = Number(page.next);
  }
  const last = events.at(-1)?.seq ?? -1;
  const { seq, changes } = (await node.get<ChangesAnswer>('/api/changes?after=-1')).body;
  const at = `asOf=${seq}&at=2026-11-22T12:00:00Z`;
  return {
    last,
    events,
    rows: await node.text('/api/observations.ndjson'),
    situation: await node.text(`/api/situation?${at}`),
    changes: JSON.stringify(changes),
    centre: await node.text('/api/centre'),
  };
}

interface Place {
  readonly of: 'killed' | 'stopped';
  readonly name: string;
  readonly byte: number;
  readonly bit: number;
}

function placesOf(count: number): readonly Place[] {
  const random = randomOf('flipped bits');
  return Array.from({ length: count }, (_, n): Place => {
    const of = n % 2 === 0 ? 'killed' : 'stopped';
    const files = readdirSync(join(base, of))
      .filter((name) => /^log\.sqlite(-wal)?$/.test(name))
      .map((name) => ({ name, size: readFileSync(join(base, of, name)).length }))
      .filter(({ size }) => size > 0);
    const [first = { name: '', size: 0 }, ...rest] = files;
    const { name, size } = random.pick([first, ...rest]);
    return { of, name, byte: random.whole(0, size - 1), bit: random.whole(0, 7) };
  });
}

/** What became of a node over a folder with one bit flipped. */
async function outcomeOf({ of, name, byte, bit }: Place): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-flip-'));
  cpSync(join(base, of), folder, { recursive: true });
  const bytes = readFileSync(join(folder, name));
  bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
  writeFileSync(join(folder, name), bytes);
  const node = new NodeUnderTest({ folder, embedded: true });
  try {
    await node.start();
    return await judged(node);
  } catch (error) {
    if (!isEventLogError(error, 'log_corrupt', 'foreign_log')) throw error;
    return `told at the start: ${error.code}`;
  } finally {
    await node.end();
  }
}

async function judged(node: NodeUnderTest): Promise<string> {
  const answers = await answersOf(node);
  const again = await node.post('/api/observations', sent);
  const next = report();
  const recorded = await node.post<Problem>('/api/observations', next);
  const reason = { id: commandId(), retracts: 1, reason: 'misidentification' };
  const retraction = `/api/observations/${retractable}/retraction`;
  const retracted = await node.post(retraction, reason, match(0));
  const { store } = (await node.get<{ store: string }>('/health/ready')).body;
  // Whatever is shown of the log is what was written.
  expect(answers.events).toEqual(reference.events.slice(0, answers.events.length));
  if (store === 'damaged') {
    expect([recorded.body.code, retracted.status]).toEqual(['log_damaged', 503]);
    expect([200, 503]).toContain(again.status);
    expect(said.some((line) => line.startsWith('THE LOG IS DAMAGED'))).toBe(true);
    if (reference.rows !== answers.rows) expect(reference.rows).toContain(answers.rows);
    return 'damage is told';
  }
  expect(answers).toEqual(reference);
  expect([again.status, recorded.status, retracted.status]).toEqual([200, 201, 201]);
  await node.stop();
  await node.start();
  expect((await node.get(`/api/observations/${next['id']}`)).status).toBe(200);
  expect((await node.post('/api/observations', next)).status).toBe(200);
  return 'harmless';
}

test('one bit, wherever it flips, is harmless or is told', async () => {
  const outcomes: string[] = [];
  for (const place of placesOf(PLACES)) {
    try {
      outcomes.push(await outcomeOf(place));
    } catch (error) {
      throw new Error(
        `with bit ${place.bit} of byte ${place.byte} of ${place.name} (${place.of})`,
        {
          cause: error,
        },
      );
    }
    said = [];
  }
  expect(new Set(outcomes)).toEqual(new Set(['harmless', 'damage is told']));
}, 120_000);
