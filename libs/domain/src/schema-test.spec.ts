import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { CEASEFIRE_EVENTS } from './ceasefire/ceasefire.events.ts';
import { foundingEvents } from './centre/centre-file.ts';
import { CENTRE_EVENTS } from './centre/centre.events.ts';
import { OBSERVATION_EVENTS } from './observation/observation.events.ts';
import { envelopeSchema } from './recorded-event.ts';
import { testOf } from './schema-test.ts';
import { exerciseCentre } from './testing/exercise-centre.ts';
import { OBSERVED } from './testing/observed-content.ts';

const ID = '019aa9c0-0000-7000-8000-0000000000b6';
const circle = { lat: 40_000_000, lon: 46_000_000, errorM: 100 };
const resolved = { ...circle, method: 'relative.1', sector: null };
const recorded = [
  OBSERVED,
  { ...OBSERVED, count: { qualifier: 'about', unit: 'burst', value: 12, low: 10, high: 14 } },
  { ...OBSERVED, count: { unknown: 'not_known' }, confidence: 'moderate', via: 'form' },
  { ...OBSERVED, where: { form: 'unknown', reason: 'not_known' }, deviceOffsetMs: -40 },
  { ...OBSERVED, where: { form: 'point', ...circle, resolved: { ...resolved, sector: ID } } },
  {
    ...OBSERVED,
    weapon: { category: 'small_arms', calibreUm: 7_620 },
    where: {
      form: 'relative',
      unit: ID,
      range: { min: 100, max: 200 },
      bearing: { value: 84_000, unit: 'mdeg', north: 'true' },
      resolved,
    },
    casualties: [
      {
        outcome: 'injured',
        person: 'military',
        count: { qualifier: 'exact', unit: 'person', value: 1 },
      },
    ],
  },
];
const envelope = {
  specversion: '1.0',
  id: ID,
  source: `urn:ceasewatch:${ID}`,
  type: 'observation.recorded.v1',
  subject: `observation/${ID}`,
  revision: 0,
  time: '2026-08-15T20:00:10.000Z',
  officer: ID,
  contingent: 'alfa',
  role: 'operator',
  authn: 'chosen',
  data: { _sd: ['x'] },
};
const { centre, ceasefire } = foundingEvents(exerciseCentre(0));
const schemas: Readonly<Record<string, z.ZodType>> = {
  ...CENTRE_EVENTS,
  ...CEASEFIRE_EVENTS,
  ...OBSERVATION_EVENTS,
};
const founded = [...centre, ...ceasefire].map(({ type, data }) => [schemas[type], data] as const);
const known: readonly (readonly [z.ZodType | undefined, unknown])[] = [
  ...founded,
  ...recorded.map((data) => [OBSERVATION_EVENTS['observation.recorded.v1'], data] as const),
  [OBSERVATION_EVENTS['observation.retracted.v1'], { retracts: 1, reason: 'duplicate' }],
  [envelopeSchema, envelope],
];
const good = known.flatMap(([schema, data]) =>
  schema?.safeParse(data).success === true ? [{ schema, data }] : [],
);

describe('the test of a schema', () => {
  it('says yes to every sort of observation, of which there are a million', () => {
    expect(good.length).toBe(known.length);
    const many = good.slice(founded.length);
    expect(many.filter(({ schema, data }) => !testOf(schema)(data))).toEqual([]);
  });

  it('never says yes to what the schema refuses or would change, wherever it is changed', () => {
    const value = fc.oneof(
      fc.constantFrom(null, undefined, '', '2026-08-15T20:00:10.000Z', ID, -1, 1.5, 1e300, {}, []),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const name = fc.oneof(fc.constantFrom('__proto__', 'form', 'to', 'extra'), fc.string());
    const tests = good.map((each) => ({ ...each, test: testOf(each.schema) }));
    fc.assert(
      fc.property(fc.constantFrom(...tests), fc.nat(), name, value, (each, place, key, put) => {
        const changed = changedAt(each.data, place, key, put);
        if (!each.test(changed)) return;
        expect(each.schema.parse(changed)).toEqual(changed);
      }),
      { numRuns: 4_000 },
    );
  });

  it.each([
    ['what is trimmed', z.string().trim(), ' a'],
    ['what has a default', z.object({ a: z.string().default('x') }), {}],
    ['what is transformed', z.string().transform(Number), '1'],
    ['what is coerced', z.coerce.number(), '1'],
    ['names that are checked', z.record(z.string().max(1), z.string()), { ab: 'a' }],
  ])('knows nothing of %s', (_, schema, value) => expect(testOf(schema)(value)).toBe(false));
});

/** The value with one of its members, at whatever depth, replaced, or one more. */
function changedAt(value: unknown, place: number, key: string, put: unknown): unknown {
  const places = Math.max(1, sizeOf(value));
  let left = place % places;
  const change = (each: unknown): unknown => {
    if (left-- === 0) {
      return typeof each === 'object' && each !== null && !Array.isArray(each) && key !== ''
        ? { ...each, [key]: put }
        : put;
    }
    if (Array.isArray(each)) return each.map(change);
    if (typeof each !== 'object' || each === null) return each;
    return Object.fromEntries(Object.entries(each).map(([name, of]) => [name, change(of)]));
  };
  return change(value);
}

function sizeOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce<number>((sum, each) => sum + sizeOf(each), 1);
}
