import {
  CASUALTY_OUTCOMES,
  CASUALTY_PERSONS,
} from '@ceasewatch/domain/observation/observation.events';
import { COUNT_UNITS, QUALIFIERS } from '@ceasewatch/domain/measure/count-words';
import { ZONE_NAME } from '@ceasewatch/domain/measure/zone';
import {
  EXPLOSION_CLASSES,
  KINDS,
  MEANS,
  WEAPON_CATEGORIES,
} from '@ceasewatch/domain/observation/vocabulary';
import { z } from 'zod';
import { DATE_FORMATS } from './cell-time.ts';
import { ImportError } from './import-error.ts';

/**
 * A mapping file says in which columns of a stranger's table the parts of a report stand. It can say
 * that something is not there; it cannot make anything up. docs/examples/mappings has some.
 */
const column = z.string().min(1).max(200);

const what = z.strictObject({
  kind: z.enum(KINDS),
  explosion: z.enum(EXPLOSION_CLASSES).optional(),
  weapon: z.enum(WEAPON_CATEGORIES).optional(),
});

const day = z.strictObject({ column, format: z.enum(DATE_FORMATS), time: column.optional() });

export const mappingSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]{1,60}$/),
    /** Who vouches for the rows; becomes an external source of the centre. */
    source: z.string().min(1).max(200),
    /** Columns that must be in the header; by them the layout is recognised. */
    columns: z.array(column).min(1),
    /** Columns that identify a row for ever. Without them all its cells do. */
    key: z.array(column).min(1).optional(),
    when: z.strictObject({
      from: day,
      /** Last day, inclusive; only for tables of days. */
      to: z.strictObject({ column, format: z.enum(DATE_FORMATS) }).optional(),
      /** How finely a time column tells the time; without one the precision is the day. */
      precision: z.enum(['second', 'minute', 'hour']).optional(),
      zone: z.string().regex(ZONE_NAME),
    }),
    where: z.discriminatedUnion('form', [
      z.strictObject({
        form: z.literal('point'),
        lat: column,
        lon: column,
        /** Radius in metres that the table's coordinates are good for. */
        errorM: z.int().nonnegative(),
      }),
      z.strictObject({ form: z.literal('area'), name: column }),
      z.strictObject({ form: z.literal('line'), name: column }),
      z.strictObject({ form: z.literal('unknown') }),
    ]),
    what: z.strictObject({
      column: column.optional(),
      values: z.record(z.string(), what).optional(),
      /** For every other value; without it such a row is refused. */
      otherwise: what.optional(),
    }),
    means: z.array(z.enum(MEANS)).min(1),
    count: z
      .strictObject({ column, unit: z.enum(COUNT_UNITS), qualifier: z.enum(QUALIFIERS) })
      .optional(),
    casualties: z
      .array(
        z.strictObject({
          column,
          outcome: z.enum(CASUALTY_OUTCOMES),
          person: z.enum(CASUALTY_PERSONS),
          qualifier: z.enum(QUALIFIERS),
        }),
      )
      .optional(),
    /** Kept as `column: value` lines, readable by whoever may read narrative. */
    narrative: z.array(column).optional(),
  })
  .meta({ id: 'ImportMapping' });

export type Mapping = z.infer<typeof mappingSchema>;

/** @throws ImportError `bad_mapping`, naming the field */
export function parseMapping(text: string): Mapping {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ImportError('bad_mapping', `The mapping is no JSON: ${String(error)}`);
  }
  const mapping = mappingSchema.safeParse(json);
  if (mapping.success) return mapping.data;
  const [issue] = mapping.error.issues;
  throw new ImportError('bad_mapping', `The mapping's ${issue?.path.join('.')}: ${issue?.message}`);
}
