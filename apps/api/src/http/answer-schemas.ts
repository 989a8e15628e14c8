import { COUNT_UNITS } from '@ceasewatch/domain/measure/count-words';
import { observationContent } from '@ceasewatch/domain/observation/observation.events';
import {
  CORRECTION_REASONS,
  DISPLAY_GROUPS,
  KINDS,
} from '@ceasewatch/domain/observation/vocabulary';
import { PARAMETERS, type ParameterName, WARNINGS } from '@ceasewatch/domain/reasons';
import { envelopeSchema, eventId, storedInstant } from '@ceasewatch/domain/recorded-event';
import { z } from 'zod';
import type { ProblemCode } from '../contract/problem.ts';
import { PROBLEMS } from './problem-table.ts';

/**
 * The answers of `contract/` as schemas, for the OpenAPI document. Nothing is checked with them when
 * a node answers; the API tests check every answer they get.
 */
const seq = z.int().min(-1);
const instant = storedInstant.nullable();
const names = z.record(z.string(), z.string());
/** Of every answer that is read from this node's rows (`stale-since.ts`). */
export const staleSince = storedInstant.optional().meta({
  description: 'Since when nobody knows whether the store has more than this node; else absent.',
});

/** What each figure is counted in, as the document says it. */
const FIGURE: Readonly<Record<(typeof PARAMETERS)[ParameterName], z.ZodType>> = {
  metres: z.number().meta({ description: 'Metres.' }),
  milliseconds: z.number().meta({ description: 'Milliseconds.' }),
  number: z.number(),
  instant: z.string().meta({ description: 'RFC 3339, UTC.' }),
  kind: z.enum(KINDS),
  unit_of_count: z.enum(COUNT_UNITS),
  role: z.string(),
  choice: z.string(),
  text: z.string(),
};

function figures(names: readonly ParameterName[]) {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, FIGURE[PARAMETERS[name]]])));
}

const warnings = Object.entries(WARNINGS).map(([code, names]) =>
  z.strictObject({
    code: z.literal(code),
    field: z.string(),
    message: z.string(),
    ...(names.length === 0 ? {} : { params: figures(names) }),
  }),
);

const warning = z
  .union(warnings)
  .meta({ id: 'Warning', description: 'Something unusual, with its figures by name.' });

export const receipt = z
  .strictObject({
    id: eventId,
    number: z.int().positive(),
    stream: z.string(),
    version: z.int().positive(),
    revision: z.int().nonnegative(),
    seq,
    recordedAt: storedInstant,
    warnings: z.array(warning),
  })
  .meta({ id: 'Receipt' });

export const unnumberedReceipt = receipt
  .extend({ number: z.null(), seq: seq.nullable() })
  .meta({ id: 'UnnumberedReceipt' });

export const observationRow = z
  .strictObject({
    ...observationContent.shape,
    id: eventId,
    number: z.int().positive(),
    version: z.int().positive(),
    revision: z.int().nonnegative(),
    status: z.enum(['recorded', 'retracted']),
    group: z.enum(DISPLAY_GROUPS),
    contingent: z.string().nullable(),
    sector: z.string().nullable(),
    officer: z.string().nullable(),
    authn: z.string(),
    recordedAt: storedInstant,
    versionRecordedAt: storedInstant,
    reason: z.enum(CORRECTION_REASONS).nullable(),
    late: z.boolean(),
    fromSeq: seq,
    toSeq: seq.nullable(),
  })
  .meta({ id: 'ObservationRow' });

export const observationPage = z
  .strictObject({
    staleSince,
    asOf: seq,
    items: z.array(observationRow),
    next: z.string().optional(),
    matching: z.int().nonnegative(),
    narrativeSearched: z.boolean().optional(),
  })
  .meta({ id: 'ObservationPage' });

export const disclosed = z
  .union([
    z.looseObject({ state: z.literal('shown'), value: z.string() }),
    z.looseObject({ state: z.enum(['withheld', 'erased']) }),
  ])
  .meta({ id: 'Disclosed' });

export const observationDetail = z
  .strictObject({
    staleSince,
    asOf: seq,
    id: eventId,
    number: z.int().positive(),
    versions: z.array(
      z.strictObject({
        row: observationRow,
        eventId,
        eventType: z.string(),
        eventSeq: seq,
        narrative: disclosed.nullable(),
        asEntered: disclosed.nullable(),
        explanation: disclosed.nullable(),
      }),
    ),
  })
  .meta({ id: 'ObservationDetail' });

const count = z.int().nonnegative();
const figure = z
  .looseObject({ from: storedInstant, to: storedInstant, reports: count, previousReports: count })
  .meta({ id: 'Figure' });

export const situation = z
  .looseObject({
    seq,
    window: z.strictObject({ from: storedInstant, to: storedInstant }),
    matching: count,
    total: count,
    withoutLocation: count,
    figures: z.record(z.string(), figure),
    chart: z.array(z.looseObject({ from: storedInstant, to: storedInstant, partial: z.boolean() })),
    hourWeekday: z.array(z.array(count)),
    sectors: z.array(z.looseObject({ sector: z.string().nullable(), reports: count })),
  })
  .meta({ id: 'Situation' });

export const situationAnswer = z
  .strictObject({
    staleSince,
    situation,
    lastFireItem: z
      .strictObject({ id: eventId, number: z.int().positive(), at: storedInstant })
      .nullable(),
    silentUnits: z.array(z.strictObject({ unit: z.string(), lastReport: instant })),
  })
  .meta({ id: 'SituationAnswer' });

export const changesAnswer = z
  .strictObject({
    log: z.string(),
    after: seq,
    seq,
    head: seq,
    changes: z.array(
      z.strictObject({
        seq,
        type: z.string(),
        subject: z.string(),
        time: storedInstant,
        before: observationRow.nullable(),
        after: observationRow.nullable(),
      }),
    ),
  })
  .meta({ id: 'ChangesAnswer' });

const entry = {
  seq,
  envelope: envelopeSchema,
  disclosed: z.record(z.string(), disclosed),
  leafHash: z.base64(),
  chain: z.base64(),
};
export const logPage = z
  .strictObject({
    staleSince,
    asOf: seq,
    items: z.array(z.strictObject(entry)),
    next: z.string().optional(),
    damagedFrom: z.int().nonnegative().optional(),
    narrativeSearched: z.boolean().optional(),
  })
  .meta({ id: 'LogPage' });
export const logEntryDetail = z
  .strictObject({ ...entry, leaf: z.string(), staleSince })
  .meta({ id: 'LogEntryDetail' });

const related = z.strictObject({
  seq,
  type: z.string(),
  subject: z.string(),
  time: storedInstant,
});
export const eventRelations = z
  .strictObject({
    staleSince,
    asOf: seq,
    cause: related.nullable(),
    effects: z.array(related),
    command: z.array(related),
    before: related.nullable(),
    after: related.nullable(),
    erased: related.nullable(),
    centre: related.nullable(),
  })
  .meta({ id: 'EventRelations' });

export const logAnswer = z
  .strictObject({
    asOf: seq,
    log: z.string(),
    exercise: z.boolean(),
    store: z.strictObject({
      kind: z.enum(['sqlite', 'eventstoredb']),
      state: z.enum(['here', 'full', 'away', 'damaged']),
      since: storedInstant,
      damage: z.strictObject({ seq: seq.optional(), why: z.string() }).optional(),
    }),
    unreadable: z.array(
      z.strictObject({ stream: z.string(), revision: z.int().nonnegative(), why: z.string() }),
    ),
    staleSince,
  })
  .meta({ id: 'LogAnswer' });

export const centreAnswer = z
  .looseObject({
    staleSince,
    asOf: seq,
    log: z.string(),
    exercise: z.boolean(),
    name: names,
    zone: z.string(),
    contingents: z.array(z.looseObject({ contingent: z.string(), name: names })),
    units: z.array(z.looseObject({ unit: z.string(), name: z.string() })),
    areas: z.array(z.looseObject({ area: z.string(), name: names })),
    officers: z.array(
      z.looseObject({ officer: z.string(), contingent: z.string(), name: disclosed }),
    ),
    ceasefire: z.looseObject({ name: names, inForceAt: storedInstant }).nullable(),
  })
  .meta({ id: 'CentreAnswer' });

const PROBLEM_CODES = Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]];

export const problem = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(PROBLEM_CODES),
    detail: z.string(),
    errors: z
      .array(
        z.strictObject({
          field: z.string().optional(),
          reason: z.string(),
          message: z.string(),
          params: z
            .record(z.string(), z.union([z.number(), z.string()]))
            .optional()
            .meta({
              description: 'The figures of the reason by name, as docs/problems.md lists them.',
            }),
        }),
      )
      .optional(),
    actualRevision: z.int().optional(),
    retry: z.enum(['no', 'same_id', 'later']),
    instance: z.string(),
  })
  .meta({ id: 'Problem' });
