import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LogEntryDetail } from '@ceasewatch/api/contract/log';
import type { Problem } from '@ceasewatch/api/contract/problem';
import type { ReadPage } from '@ceasewatch/api/contract/reads';
import { chainNext, chainStart } from '@ceasewatch/tlog/chain';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { leafHash } from '@ceasewatch/tlog/leaf';
import { KNOWN_TYPES } from '@ceasewatch/domain/upcast';
import { NodeUnderTest } from './testing/node-under-test.ts';

/** The whole log as a file that a stranger reads with docs/export-format.md and nothing else. */
let node: NodeUnderTest;
let text: string;
let lines: readonly string[];
beforeAll(async () => {
  node = await NodeUnderTest.amidExercise();
  text = await node.text('/api/log.ndjson');
  lines = text.split('\n').slice(0, -1);
}, 120_000);
afterAll(() => node.end());

type About = Readonly<Record<string, unknown>> & { readonly export: string };
const isAbout = (line: string) => line.startsWith('{"export":');
const about = (of: readonly string[], kind: string): readonly About[] =>
  of
    .filter(isAbout)
    .map((line): About => JSON.parse(line))
    .filter((each) => each.export === kind);
const eventsOf = (of: readonly string[]) => of.filter((line) => !isAbout(line));

/** The chain as the page describes it. */
function chainOver(start: Uint8Array, leaves: readonly string[]): string {
  const bytes = new TextEncoder();
  const end = leaves.reduce((chain, leaf) => chainNext(chain, leafHash(bytes.encode(leaf))), start);
  return toBase64(end);
}

describe('the export of the whole log', () => {
  test('holds every event byte for byte, and the chain over them is that of the log', async () => {
    const leaves = eventsOf(lines);
    const [head] = about(lines, 'head');
    const [end] = about(lines, 'end');
    expect(head).toMatchObject({ from: 0, to: leaves.length - 1, exercise: true });
    const last = await node.get<LogEntryDetail>(`/api/events/${leaves.length - 1}`);
    expect(leaves.at(-1)).toBe(last.body.leaf);
    expect(chainOver(chainStart(String(head?.['log'])), leaves)).toBe(last.body.chain);
    expect([head?.['chain'], end?.['chain']]).toEqual([last.body.chain, last.body.chain]);
    expect(end).toMatchObject({ events: leaves.length, last: leaves.length - 1 });
    expect(leaves.every((leaf) => leaf.startsWith('{"authn":'))).toBe(true);
  });

  test('begins with its manifest and ends with the digest of everything before', () => {
    expect(about(lines.slice(0, 1), 'head')).toHaveLength(1);
    const [end] = about(lines.slice(-1), 'end');
    const before = text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1);
    expect(end?.['sha256']).toBe(createHash('sha256').update(before).digest('hex'));
  });

  test('tells the chain on the way, where damage is to be found', async () => {
    const marks = about(lines, 'mark');
    expect(marks.map(({ seq }) => seq)).toEqual(
      Array.from({ length: Math.floor(eventsOf(lines).length / 1000) }, (_, at) => at * 1000 + 999),
    );
    const { body } = await node.get<LogEntryDetail>('/api/events/999');
    expect(marks[0]?.['chain']).toBe(body.chain);
  });

  test('carries the pages and schemas that explain it', () => {
    const names = about(lines, 'document').map(({ name }) => name);
    expect(names).toEqual(['export-format.md', 'event-format.md', 'glossary.md']);
    const schemas = about(lines, 'schema').map(({ name }) => String(name));
    expect(schemas.toSorted()).toEqual(['envelope', ...KNOWN_TYPES].toSorted());
    expect(JSON.stringify(about(lines, 'schema')[0])).toContain('"centrerevision"');
  });

  test('discloses directly after an event what its digests stand for', () => {
    let told = 0;
    lines.forEach((line, at) => {
      if (isAbout(line)) return;
      const digests: readonly string[] = JSON.parse(line).data._sd ?? [];
      const [next] = about(lines.slice(at + 1, at + 2), 'disclosed');
      expect(next === undefined).toBe(digests.length === 0);
      if (next === undefined) return;
      const items = next['items'] as readonly string[];
      expect(next['id']).toBe(JSON.parse(line).id);
      expect(items.map((item) => createHash('sha256').update(item).digest('base64url'))).toEqual(
        digests,
      );
      told += items.length;
    });
    expect(told).toBeGreaterThan(100);
    expect(about(lines, 'end')[0]?.['disclosures']).toEqual({
      shown: told,
      withheld: 0,
      erased: 0,
    });
  });
});

describe('a range of the log', () => {
  test('goes on from the chain before it', async () => {
    const part = (await node.text('/api/log.ndjson?from=500&to=1499')).split('\n').slice(0, -1);
    expect(eventsOf(part)).toEqual(eventsOf(lines).slice(500, 1500));
    const [head] = about(part, 'head');
    const start = Buffer.from(String(head?.['chainBefore']), 'base64');
    expect(chainOver(start, eventsOf(part))).toBe(head?.['chain']);
  });

  test('ends with the moment that was asked for', async () => {
    const part = (await node.text('/api/log.ndjson?asOf=41')).split('\n').slice(0, -1);
    expect(eventsOf(part)).toEqual(eventsOf(lines).slice(0, 42));
    const { status, body } = await node.get<Problem>('/api/log.ndjson?asOf=41&to=42');
    expect([status, body.errors?.[0]?.field]).toEqual([422, 'to']);
    expect((await node.get('/api/log.ndjson?from=9&to=8')).status).toBe(422);
    expect((await node.get('/api/log.ndjson?limit=8')).status).toBe(422);
  });

  test('is recorded as an export before its first byte', async () => {
    await node.text('/api/log.ndjson?from=7&to=8&asOf=41');
    const { body } = await node.get<ReadPage>('/api/reads?kind=export&limit=1');
    expect(body.items).toMatchObject([
      { what: 'log.ndjson?from=7&to=8', asOf: '41', times: 1, authn: 'chosen' },
    ]);
  });
});
