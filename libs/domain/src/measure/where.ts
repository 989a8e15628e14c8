import { z } from 'zod';
import { eventId } from '../recorded-event.ts';
import { arcSchema, bearingSchema } from './bearing.ts';
import { unknownSchema } from './count.ts';
import { UNKNOWN_REASONS } from './count-words.ts';

/**
 * Where it was, in the form in which it was told: a point with its error, a direction and range from a
 * unit, a stretch of a line, an area, or unknown. Beside it lies what the place was resolved to at that
 * time, with the positions and areas then in force. Nothing is invented: what cannot be resolved has no
 * `resolved`, and readers of maps and filters read `resolved` alone.
 */
export const lat = z.int().min(-90_000_000).max(90_000_000);
export const lon = z.int().min(-180_000_000).max(180_000_000);
/** Metres; half the earth's girth is no longer an error but the form `unknown`. */
export const errorM = z.int().nonnegative().max(20_000_000);

/** How a place was resolved: rule and version of the rule. The list may grow at its end. */
export const METHODS = [
  'point.1',
  'sk42.1',
  'mgrs.1',
  'relative.1',
  'line.1',
  'area.1',
  'named.1',
] as const;
export type Method = (typeof METHODS)[number];

export const resolvedSchema = z.strictObject({
  lat,
  lon,
  /** Radius around it within which the place lies about 19 times in 20. */
  errorM,
  method: z.enum(METHODS),
  /** The sector that all of the place's own corners lie in; null when there is none. */
  sector: eventId.nullable(),
});
export type Resolved = z.infer<typeof resolvedSchema>;

/** Names are public: NFC, one line. */
export const placeName = z
  .string()
  .min(1)
  .max(200)
  .refine((name) => name === name.normalize('NFC') && !/\p{Cc}/u.test(name), {
    error: 'not_a_name',
  });

const metres = z.int().nonnegative().max(1_000_000);

export const rangeSchema = z.union([
  z
    .strictObject({ min: metres, max: metres })
    .refine((range) => range.min <= range.max, { path: ['max'], error: 'max_below_min' }),
  unknownSchema,
]);

/** Told by name because the centre's map does not have it, as external sources do. */
const near = z.strictObject({ lat, lon, errorM });

const resolved = resolvedSchema.optional();

/** Fields of a place relative to a unit, entered as they are stored. */
export const relativeFields = {
  form: z.literal('relative'),
  unit: eventId,
  bearing: bearingSchema.optional(),
  sector: arcSchema.optional(),
  range: rangeSchema,
} as const;

export const lineFields = {
  form: z.literal('line'),
  /** An area of the centre of kind `line`, or else its name as the source has it. */
  line: eventId.optional(),
  name: placeName.optional(),
  /** Metres from the line's beginning; both absent means the whole line. */
  fromM: metres.optional(),
  toM: metres.optional(),
} as const;

export const areaFields = {
  form: z.literal('area'),
  area: eventId.optional(),
  name: placeName.optional(),
} as const;

export const unknownFields = {
  form: z.literal('unknown'),
  reason: z.enum(UNKNOWN_REASONS),
} as const;

const point = z.strictObject({
  form: z.literal('point'),
  /** As told; WGS84 unless `datum` says otherwise. */
  lat,
  lon,
  errorM,
  altM: z.int().min(-500).max(100_000).optional(),
  datum: z.literal('sk42').optional(),
  /** The grid reference that was told, whose middle lat and lon are. */
  mgrs: z
    .string()
    .regex(/^[1-9]\d?[C-X][A-Z]{2}(?:\d{4}|\d{6}|\d{8}|\d{10})$/)
    .optional(),
  resolved: resolvedSchema,
});

/** The stored shape. */
export const whereSchema = z.discriminatedUnion('form', [
  point,
  oneDirection(z.strictObject({ ...relativeFields, resolved })),
  oneLine(z.strictObject({ ...lineFields, near: near.optional(), resolved })),
  oneArea(z.strictObject({ ...areaFields, near: near.optional(), resolved })),
  z.strictObject(unknownFields),
]);
export type Where = z.infer<typeof whereSchema>;

/** A place as told, before it is resolved. */
export type Unresolved = DistributiveOmit<Where, 'resolved'>;
type DistributiveOmit<Type, Key extends PropertyKey> = Type extends unknown
  ? Omit<Type, Key>
  : never;

/** Either a bearing or a sector, never both and never neither. */
export function oneDirection<Schema extends z.ZodType<{ bearing?: unknown; sector?: unknown }>>(
  schema: Schema,
): Schema {
  return schema.refine(
    ({ bearing, sector }) => (bearing === undefined) !== (sector === undefined),
    {
      path: ['bearing'],
      error: 'bearing_or_sector',
    },
  );
}

type LineLike = {
  line?: unknown;
  name?: unknown;
  near?: unknown;
  fromM?: number | undefined;
  toM?: number | undefined;
};

/** A line of the map with or without a stretch, or a name. */
export function oneLine<Schema extends z.ZodType<LineLike>>(schema: Schema): Schema {
  return schema
    .refine(({ line, name }) => (line === undefined) !== (name === undefined), {
      path: ['line'],
      error: 'line_or_name',
    })
    .refine(({ line, near: around }) => line === undefined || around === undefined, {
      path: ['near'],
      error: 'near_not_needed',
    })
    .refine(
      ({ line, fromM, toM }) =>
        (fromM === undefined) === (toM === undefined) &&
        (fromM === undefined || line !== undefined),
      {
        path: ['fromM'],
        error: 'half_a_stretch',
      },
    )
    .refine(({ fromM = 0, toM = Number.POSITIVE_INFINITY }) => fromM < toM, {
      path: ['toM'],
      error: 'to_below_from',
    });
}

/** An area of the map, or a name. */
export function oneArea<
  Schema extends z.ZodType<{ area?: unknown; name?: unknown; near?: unknown }>,
>(schema: Schema): Schema {
  return schema
    .refine(({ area, name }) => (area === undefined) !== (name === undefined), {
      path: ['area'],
      error: 'area_or_name',
    })
    .refine(({ area, near: around }) => area === undefined || around === undefined, {
      path: ['near'],
      error: 'near_not_needed',
    });
}
