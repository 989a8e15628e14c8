import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { OFFICERS } from '@ceasewatch/domain/testing/cast';
import { randomOf, seededId } from '@ceasewatch/domain/testing/random';
import type { Tested } from '../fault-promise.ts';
import { type Answered, ask, eventsOf, idsOfCentre, textOf } from '../model/asking.ts';
import type { FaultyNode } from '../model/faulty-node.ts';
import { type Order, Orders } from '../model/orders.ts';
import { Tally } from '../tally.ts';
import { apiDocument } from './requests.ts';
import { SchemaValues } from './schema-values.ts';

/**
 * The id of a report that is recorded, with one thing about it changed. What the changed report says is
 * learnt by sending it under an id of its own: says it the same, the first answer is due again; says it
 * anything else, 409; and where nobody could have perceived it, it is refused as it is there.
 */
const AT_A_TIME = 16;
const BATCH = 400;
const HOUR_MS = 3_600_000;

/** What most reports leave out, so that a change has something to change. */
const MORE = {
  count: { value: 12, qualifier: 'about', unit: 'burst' },
  weapon: { category: 'heavy_machine_gun', calibreUm: 12_700, confidence: 'moderate' },
  direction: { from: { value: 84_000, unit: 'mdeg', north: 'true' } },
  confidence: 'moderate',
  via: 'radio',
  asEntered: '12 bursts, HMG',
} as const;

export async function otherContent(node: FaultyNode, times: number, seed: string): Promise<Tested> {
  const [random, tally, orders] = [randomOf(seed), new Tally(), new Orders(seed, node.now)];
  const changes = await changesOf(node.address, node.now);
  for (let done = 0; done < times; done += BATCH) {
    const numRuns = Math.min(BATCH, times - done);
    const drawn = fc.sample(changes, { numRuns, seed: random.whole(0, 2 ** 31 - 1) });
    const tried: Tried[] = [];
    let next = 0;
    const sender = async () => {
      for (let at = next++; at < drawn.length; at = next++) {
        const change = drawn[at];
        if (change === undefined) return;
        const own = seededId(node.now, `${seed}/own/${done + at}`);
        tried.push(await tryOne(node, withMore(orders.report()), change, own));
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, sender));
    await judge(node, tried, tally);
  }
  return tally.tested;
}

/** One thing about a report that is another. */
type Change = (order: Order) => Order;

interface Tried {
  readonly changed: Order;
  readonly own: string;
  readonly first: Answered | undefined;
  readonly again: Answered | undefined;
  /** Of the changed report under an id of its own. */
  readonly alone: Answered | undefined;
}

async function tryOne(node: FaultyNode, order: Order, change: Change, own: string): Promise<Tried> {
  const changed = change(order);
  const first = await ask(node.address, order);
  const again = await ask(node.address, changed);
  const alone = await ask(node.address, { ...changed, body: { ...changed.body, id: own } });
  return { changed, own, first, again, alone };
}

function withMore(order: Order): Order {
  return { ...order, body: { ...order.body, ...MORE } };
}

async function judge(node: FaultyNode, tried: readonly Tried[], tally: Tally): Promise<void> {
  const there = Map.groupBy(await eventsOf(node.address), ({ envelope }) => envelope.id);
  const saidUnder = (id: string) => {
    const [event] = there.get(id) ?? [];
    if (event === undefined) return undefined;
    const { officer, data } = event.envelope;
    const { _sd, ...shown } = data;
    const words = Object.entries(event.disclosed).map(([name, each]) => [
      name,
      each.state === 'shown' ? each.value : each.state,
    ]);
    return { officer, shown, words: Object.fromEntries(words) };
  };
  for (const { changed, own, first, again, alone } of tried) {
    const told = `${JSON.stringify(changed.body)} by ${changed.officer ?? 'the usual officer'}`;
    const wrong = (why: string) => `${why}: ${told}`;
    if (first?.status !== 201) {
      tally.add(wrong(`the report itself was answered ${first?.status}`));
    } else if (there.get(changed.id)?.length !== 1) {
      tally.add(wrong(`it is there ${there.get(changed.id)?.length ?? 0} times`));
    } else if (alone?.status !== 201) {
      tally.saw('could not be said at all');
      const isRefused = again?.status === 409 || again?.status === alone?.status;
      tally.add(isRefused ? undefined : wrong(`answered ${again?.status} not ${alone?.status}`));
    } else if (isDeepStrictEqual(saidUnder(own), saidUnder(changed.id))) {
      tally.saw('said the same');
      const isFirst = again?.status === 200 && isDeepStrictEqual(again.body, first.body);
      tally.add(isFirst ? undefined : wrong(`the same was answered ${again?.status}`));
    } else {
      tally.saw('said otherwise');
      tally.add(again?.status === 409 ? undefined : wrong(`was answered ${again?.status}`));
    }
  }
}

/** Any field as the schema allows it; any value within a field a little off; or another officer. */
async function changesOf(address: string, now: number): Promise<fc.Arbitrary<Change>> {
  const { components } = apiDocument.parse(JSON.parse(await textOf(`${address}/api/openapi.json`)));
  const ids = (await idsOfCentre(address)).slice(0, 20);
  const seen = [80, 90].map((hours) => new Date(now - hours * HOUR_MS).toISOString());
  const values = new SchemaValues(components.schemas, [...ids, ...seen, 'UTC', 'Asia/Baku']);
  const { id: _, ...fields } = components.schemas['ObservationReport']?.properties ?? {};
  // Made once: an arbitrary of a pattern costs more than a hundred values of it.
  const field = fc.oneof(
    ...Object.entries(fields).map(([name, schema]) =>
      values.of(schema).map((value) => (order: Order) => {
        return { ...order, body: { ...order.body, [name]: value } };
      }),
    ),
  );
  const within = fc.tuple(fc.nat(1_000), fc.integer({ min: 1, max: 9 })).map(([which, by]) => {
    return (order: Order) => ({ ...order, body: { ...order.body, ...offBy(order, which, by) } });
  });
  const otherWords = fc.constant(inOtherWords);
  const officer = fc.constant((order: Order) => {
    return { ...order, officer: OFFICERS.ashby.officer };
  });
  return fc.oneof(
    { weight: 8, arbitrary: field },
    { weight: 8, arbitrary: within },
    { weight: 1, arbitrary: otherWords },
    { weight: 1, arbitrary: officer },
  );
}

/** The same instant on another clock. */
function inOtherWords(order: Order): Order {
  const when = Object(order.body['when']);
  const there = new Date(Date.parse(when.from) + 4 * HOUR_MS).toISOString();
  const from = there.replace('Z', '+04:00');
  return { ...order, body: { ...order.body, when: { ...when, from } } };
}

/** The field that holds the leaf, with that leaf another. */
function offBy({ body }: Order, which: number, by: number): Record<string, unknown> {
  const { id: _, ...fields } = body;
  const leaves = leavesOf(fields);
  const path = leaves[which % leaves.length] ?? [];
  return Object(put(fields, path, by));
}

type Path = readonly string[];

/** Words of a closed list are exchanged by their schema. */
function leavesOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value === 'string' && /^\w+$/.test(value)) return [];
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...path, name]));
}

function put(value: unknown, [name, ...rest]: Path, by: number): unknown {
  if (name === undefined) return another(value, by);
  if (Array.isArray(value))
    return value.map((each, at) => (`${at}` === name ? put(each, rest, by) : each));
  return { ...Object(value), [name]: put(Object(value)[name], rest, by) };
}

function another(value: unknown, by: number): unknown {
  if (typeof value === 'number') return value + by;
  if (typeof value !== 'string') return value;
  const ms = Date.parse(value);
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return new Date(ms - by * 60_000).toISOString();
  return `${value}${'!'.repeat(by)}`;
}
