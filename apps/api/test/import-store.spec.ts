import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObservationPage } from '../src/contract/observation.ts';
import type { ImportLine } from '../src/contract/import.ts';
import { StandIn } from '../src/event-log/testing/stand-in.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { until } from './testing/until.ts';

/** An import into a store that others write to as well: it waits for this node, and counts every row once. */
let folder: string;
let standIn: StandIn;
let node: NodeUnderTest;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ceasewatch-stand-in-'));
  standIn = await StandIn.started(join(folder, 'log'));
  const address = { endpoints: [{ address: '127.0.0.1', port: standIn.port }] };
  node = await NodeUnderTest.started({ founding: true, store: { address } });
});
afterEach(async () => {
  await node.end();
  await standIn.kill();
  rmSync(folder, { recursive: true, force: true });
});

function table(rows: number): string {
  const dates = Array.from({ length: rows }, (_, n) => new Date(Date.UTC(2010, 0, 1 + n)));
  const row = (date: Date) => `${date.toISOString().slice(0, 10)},46.75,39.8,missile`;
  return ['date,longitude,latitude,type', ...dates.map(row), ''].join('\n');
}

async function imported(csv: string): Promise<readonly ImportLine[]> {
  const answer = await fetch(`${node.url}/api/imports`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/csv' },
    body: csv,
  });
  expect(answer.status).toBe(200);
  const lines = (await answer.text()).trimEnd().split('\n');
  return lines.map((line): ImportLine => JSON.parse(line));
}

/** Brought until it is through: on a crowded machine a store that has just come back may be away again. */
async function carriedIn(csv: string) {
  for (;;) {
    const last = (await imported(csv)).at(-1);
    if (last !== undefined && 'summary' in last) return last.summary;
    await until(() => node.running.parts.eventLog.condition().store === 'here');
  }
}

async function recorded(): Promise<number> {
  const { body } = await node.get<ObservationPage>('/api/observations?limit=1&origin=external');
  return body.matching;
}

describe('an import into a store', () => {
  test('waits until this node has numbered its rows, however long after their answer', async () => {
    // More than the two seconds in which a node usually sees what it appended.
    await standIn.behave({ tellAfterMs: 2_600 });
    const first = await imported(table(20));
    expect(first.at(-1)).toMatchObject({ summary: { recorded: 20, alreadyThere: 0, refused: 0 } });
    const numbers = first.flatMap((line) => ('row' in line ? [line.seq] : []));
    expect(new Set(numbers).size).toBe(20);
    expect(numbers).not.toContain(undefined);
    const again = await imported(table(20));
    expect(again.at(-1)).toMatchObject({ summary: { recorded: 0, alreadyThere: 20 } });
  });

  test('that goes away says so, and the same table again goes on from there', async () => {
    const csv = table(1_200);
    const first = imported(csv);
    const { eventLog } = node.running.parts;
    const begun = eventLog.head().seq;
    await until(() => eventLog.head().seq > begun + 200);
    await standIn.kill();
    const told = await first;
    const codes = ['store_unavailable', 'outcome_unknown'];
    const [last] = told.slice(-1);
    expect(codes).toContain(last && 'stopped' in last ? last.stopped.code : last);

    await standIn.start();
    await until(() => eventLog.condition().store === 'here');
    const summary = await carriedIn(csv);
    expect(summary).toMatchObject({ read: 1_200, refused: 0, corrected: 0 });
    expect(summary.recorded + summary.alreadyThere).toBe(1_200);
    // What was told is there; what was written without having been told is found there, too.
    const before = told.filter((line) => 'row' in line && line.result === 'recorded').length;
    expect(before).toBeGreaterThan(0);
    expect(summary.alreadyThere).toBeGreaterThanOrEqual(before);
    expect(await recorded()).toBe(1_200);
  }, 480_000);
});
