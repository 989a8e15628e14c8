import fc from 'fast-check';
import type { Count } from '../measure/count.ts';
import { COUNT_UNITS, QUALIFIERS, UNKNOWN_REASONS } from '../measure/count-words.ts';
import {
  FIRST_TOLD,
  FIRST_UNTOLD,
  formatInstant,
  HOUR_MS,
  millisOf,
  MINUTE_MS,
} from '../measure/instant.ts';
import type { When } from '../measure/when.ts';
import type { Where } from '../measure/where.ts';
import {
  CASUALTY_OUTCOMES,
  CASUALTY_PERSONS,
  type ObservationContent,
} from '../observation/observation.events.ts';
import {
  displayGroup,
  KINDS,
  MEANS,
  ORIGINS,
  WEAPON_CATEGORIES,
} from '../observation/vocabulary.ts';
import type { Change, ObservationRow } from '../situation/observation-row.ts';
import type { ObservationFilter, SituationQuery } from '../situation/situation.ts';

/** Rows, changes, filters and queries for property tests, small enough that they meet each other. */
export const SECTORS = ['c1', 'c2', 'c3'].map((end) => `019aa9c0-0000-7000-8000-0000000000${end}`);
export const UNITS = ['b1', 'b2', 'b3'].map((end) => `019aa9c0-0000-7000-8000-0000000000${end}`);
export const CONTINGENTS = ['alfa', 'bravo'];
/** 22 November 2026 10:00Z, in the middle of everything made here. */
export const MIDDLE = 1_795_341_600_000;
const SPAN_MS = 70 * 24 * HOUR_MS;

const count: fc.Arbitrary<Count> = fc.oneof(
  fc
    .record({
      value: fc.integer({ min: 1, max: 60 }),
      qualifier: fc.constantFrom(...QUALIFIERS),
      unit: fc.constantFrom(...COUNT_UNITS),
      spread: fc.option(fc.integer({ min: 0, max: 9 }), { nil: undefined }),
    })
    .map(({ spread, value, ...rest }) =>
      spread === undefined
        ? { ...rest, value }
        : { ...rest, value, low: Math.max(0, value - spread), high: value + spread },
    ),
  fc.constantFrom(...UNKNOWN_REASONS).map((unknown) => ({ unknown })),
);

const when: fc.Arbitrary<When> = fc
  .record({
    from: fc.oneof(
      fc.integer({ min: -SPAN_MS, max: SPAN_MS }),
      fc.integer({ min: -26, max: 26 }).map((h) => h * HOUR_MS),
      // A table of strangers may tell of any of these years.
      fc.integer({ min: millisOf(FIRST_TOLD) - MIDDLE, max: millisOf(FIRST_UNTOLD) - 1 - MIDDLE }),
    ),
    length: fc.integer({ min: 1, max: 90 }),
    precision: fc.constantFrom(
      'second' as const,
      'minute' as const,
      'hour' as const,
      'day' as const,
      'period' as const,
    ),
  })
  .map(({ from, length, precision }) => ({
    from: formatInstant(MIDDLE + from),
    to: formatInstant(MIDDLE + from + length * MINUTE_MS),
    precision,
    zone: 'Europe/Moscow',
    clock: 'device' as const,
  }));

const where: fc.Arbitrary<Where> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ lat: coordinate(39_900_000), lon: coordinate(46_900_000) }).map(point),
  },
  { weight: 1, arbitrary: fc.constant<Where>({ form: 'unknown', reason: 'not_known' }) },
);

const content = fc
  .record(
    {
      kind: fc.constantFrom(...KINDS),
      count,
      means: fc.uniqueArray(fc.constantFrom(...MEANS), { minLength: 1, maxLength: 3 }),
      when,
      where,
      unit: fc.constantFrom(...UNITS),
      watch: fc.constant(null),
      origin: fc.constantFrom(...ORIGINS),
      weapon: fc.record({ category: fc.constantFrom(...WEAPON_CATEGORIES) }),
      casualties: fc.array(
        fc.record({
          outcome: fc.constantFrom(...CASUALTY_OUTCOMES),
          person: fc.constantFrom(...CASUALTY_PERSONS),
          count: count.map((each) =>
            'unknown' in each ? each : { ...each, unit: 'person' as const },
          ),
        }),
        { maxLength: 2 },
      ),
    },
    { requiredKeys: ['kind', 'means', 'when', 'where', 'unit', 'watch', 'origin'] },
  )
  .map((each) => each satisfies ObservationContent);

/** What an officer does to an observation; `target` picks an observation that stands. */
const step = fc.record({
  content,
  does: fc.constantFrom('record', 'record', 'record', 'correct', 'retract', 'reinstate'),
  target: fc.nat(),
  late: fc.boolean(),
  sector: fc.option(fc.constantFrom(...SECTORS), { nil: null }),
  contingent: fc.option(fc.constantFrom(...CONTINGENTS), { nil: null }),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** A dense history of changes from event 0 on, each with the version that ended and the one that began. */
export const changes: fc.Arbitrary<readonly Change[]> = fc
  .array(step, { maxLength: 40, size: 'max' })
  .map((steps) => {
    const present: ObservationRow[] = [];
    return steps.map((each, seq) => changeOf(each, seq, present));
  });

function changeOf(each: Step, seq: number, present: ObservationRow[]): Change {
  const known =
    each.does === 'record' ? undefined : present[each.target % Math.max(1, present.length)];
  const after = rowOf(each, seq, known, present.length + 1);
  if (known === undefined) present.push(after);
  else present[present.indexOf(known)] = after;
  const before = known === undefined ? null : { ...known, toSeq: seq };
  const subject = `observation/${after.id}`;
  return {
    seq,
    type: 'observation.recorded.v1',
    subject,
    time: formatInstant(MIDDLE + seq),
    before,
    after,
  };
}

function rowOf(
  each: Step,
  seq: number,
  known: ObservationRow | undefined,
  next: number,
): ObservationRow {
  const number = known?.number ?? next;
  const keeps = known !== undefined && (each.does === 'retract' || each.does === 'reinstate');
  const told = keeps ? known : inSector(each.content, each.sector);
  const time = formatInstant(MIDDLE + seq);
  return {
    ...told,
    id: `019aa9c0-7d3e-7a41-8c55-${String(number).padStart(12, '0')}`,
    number,
    version: (known?.version ?? 0) + (keeps ? 0 : 1),
    revision: (known?.revision ?? -1) + 1,
    status: known !== undefined && each.does === 'retract' ? 'retracted' : 'recorded',
    group: displayGroup(told.kind, told.weapon?.category),
    contingent: known?.contingent ?? each.contingent,
    sector: told.where.form === 'point' ? told.where.resolved.sector : null,
    officer: null,
    authn: 'chosen',
    recordedAt: known?.recordedAt ?? time,
    versionRecordedAt: time,
    reason: known === undefined ? null : 'transcription',
    late: each.late,
    fromSeq: seq,
    toSeq: null,
  };
}

function inSector(content: Step['content'], sector: string | null): Step['content'] {
  const { where } = content;
  if (where.form !== 'point') return content;
  return { ...content, where: { ...where, resolved: { ...where.resolved, sector } } };
}

export const filters: fc.Arbitrary<Omit<ObservationFilter, 'q' | 'from' | 'to'>> = fc.record(
  {
    sector: fc.subarray([...SECTORS, 'none']),
    kind: fc.subarray([...KINDS]),
    group: fc.subarray(['small_arms', 'heavy_weapons', 'blast', 'other'] as const),
    means: fc.subarray([...MEANS]),
    weapon: fc.subarray([...WEAPON_CATEGORIES]),
    contingent: fc.subarray([...CONTINGENTS, 'none']),
    origin: fc.constantFrom(...ORIGINS),
    unit: fc.subarray([...UNITS]),
    late: fc.boolean(),
    corrected: fc.boolean(),
    located: fc.boolean(),
    casualties: fc.boolean(),
    retracted: fc.boolean(),
    bbox: fc
      .tuple(
        coordinate(46_900_000),
        coordinate(39_900_000),
        coordinate(46_900_000),
        coordinate(39_900_000),
      )
      .map(
        ([west, south, east, north]) =>
          [west, Math.min(south, north), east, Math.max(south, north)] as const,
      ),
  },
  { requiredKeys: [] },
);

const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Asia/Baku',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
];

export const queries: fc.Arbitrary<SituationQuery> = fc
  .record({
    at: fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.integer({ min: 0, max: 90 })),
    window: fc.constantFrom(
      '6h' as const,
      '24h' as const,
      '7d' as const,
      '30d' as const,
      'all' as const,
    ),
    days: fc.constantFrom(1, 3, 40, 130, 900, 9_000, 30_000),
    zone: fc.constantFrom(...ZONES),
    filter: filters,
    untilMs: fc.option(
      fc.oneof(
        fc.integer({ min: -SPAN_MS, max: SPAN_MS }),
        fc.integer({ min: -26, max: 26 }).map((h) => h * HOUR_MS),
      ),
      { nil: undefined },
    ),
  })
  .map(({ at, window, days, zone, filter, untilMs }) => {
    const end = MIDDLE + at * MINUTE_MS;
    const query = {
      at: formatInstant(end),
      window,
      zone,
      filter,
      ...(untilMs === undefined ? {} : { occurredUntil: formatInstant(MIDDLE + untilMs) }),
    };
    return window === 'all' ? { ...query, from: formatInstant(end - days * 24 * HOUR_MS) } : query;
  });

function coordinate(middle: number): fc.Arbitrary<number> {
  return fc.integer({ min: middle - 100_000, max: middle + 100_000 });
}

function point({ lat, lon }: { readonly lat: number; readonly lon: number }): Where {
  return {
    form: 'point',
    lat,
    lon,
    errorM: 50,
    resolved: { lat, lon, errorM: 50, method: 'point.1', sector: null },
  };
}
