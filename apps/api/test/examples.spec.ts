import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Receipt } from '@ceasewatch/api/contract/observation';
import { NodeUnderTest, NOON } from './testing/node-under-test.ts';
import { commandId, match } from './testing/reports.ts';

/** docs/examples: bodies that any node accepts as they stand, a new id apart. */
const EXAMPLES = new URL('../../../docs/examples/', import.meta.url);
const example = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(name, EXAMPLES), 'utf8'));
const fresh = (name: string) => ({ ...example(name), id: commandId() });

const YEARS_AHEAD = Date.parse('2033-03-01T12:00:00Z');

describe.each([
  ['exercise', NOON],
  ['real', NOON],
  ['exercise', YEARS_AHEAD],
  ['real', YEARS_AHEAD],
] as const)('the examples on a new %s node, opened at %i', (sort, opened) => {
  let node: NodeUnderTest;
  beforeAll(async () => {
    node = new NodeUnderTest({ sort, founding: true, exercise: { seed: 'examples' } });
    node.clock.ms = opened;
    await node.start();
  }, 180_000);
  afterAll(() => node.end());

  test('are accepted: a report, its correction, retraction and reinstatement', async () => {
    const recorded = await node.post<Receipt>('/api/observations', fresh('observation.json'));
    expect([recorded.status, recorded.body]).toEqual([201, expect.anything()]);
    const path = `/api/observations/${recorded.body.id}`;
    const follow = async (name: string, to: string, revision: number) => {
      const answer = await node.post<Receipt>(`${path}/${to}`, fresh(name), match(revision));
      expect([name, answer.status, answer.body.revision]).toEqual([name, 201, revision + 1]);
    };
    await follow('correction.json', 'corrections', 0);
    await follow('retraction.json', 'retraction', 1);
    await follow('reinstatement.json', 'reinstatement', 2);
  });

  test.each(readdirSync(EXAMPLES).filter((name) => /^observation.*\.json$/.test(name)))(
    '%s is accepted as it stands',
    async (name) => {
      const first = await node.post('/api/observations', example(name));
      expect([first.status, first.body]).toEqual([201, expect.anything()]);
      const again = await node.post('/api/observations', fresh(name));
      expect(again.status).toBe(201);
    },
  );
});
