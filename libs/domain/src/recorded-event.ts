import { z } from 'zod';

/**
 * The envelope of an event as it lies in the log for ever: a CloudEvents 1.0 object whose canonical
 * bytes are the leaf (docs/event-format.md). Its attributes say who recorded what, when and on whose
 * authority; `data` belongs to the noun.
 */
export const EVENT_ID = uuidOfVersion('[78]');
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** UUIDv7 (made by a client) or UUIDv8 (derived from another id or from an imported row), lower case. */
export const eventId = z.string().regex(EVENT_ID, 'not_an_id');

/** UUIDv7, made by a client once per command: sending it again is the same command. */
export const commandId = z.string().regex(uuidOfVersion('7'), 'not_an_id');

function uuidOfVersion(version: string): RegExp {
  return new RegExp(
    `^[0-9a-f]{8}-[0-9a-f]{4}-${version}[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`,
  );
}

/** UTC with exactly three fraction digits, the only form that is ever stored. */
export const storedInstant = z.string().regex(INSTANT, 'not_utc');

export const ROLES = [
  'system',
  'operator',
  'analyst',
  'auditor',
  'administrator',
  'sensor',
] as const;
export type Role = (typeof ROLES)[number];

/** How the officer was identified. There are no accounts yet, so people are `chosen`. */
export const AUTHENTICATIONS = ['system', 'chosen', 'password', 'oidc', 'key'] as const;
export type Authentication = (typeof AUTHENTICATIONS)[number];

export const envelopeSchema = z.strictObject({
  specversion: z.literal('1.0'),
  id: eventId,
  source: z.string().startsWith('urn:ceasewatch:'),
  type: z.string().regex(/^[a-z][a-z-]*\.[a-z][a-z-]*\.v[1-9]\d*$/),
  subject: z.string().regex(/^[a-z][a-z-]*\/[0-9a-f-]{36}$/),
  revision: z.int().nonnegative(),
  time: storedInstant,
  clockadjusted: z.literal(true).optional(),
  officer: eventId.optional(),
  contingent: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,15}$/)
    .optional(),
  role: z.enum(ROLES),
  authn: z.enum(AUTHENTICATIONS),
  centrerevision: z.int().nonnegative().optional(),
  correlationid: eventId.optional(),
  causationid: eventId.optional(),
  data: z.record(z.string(), z.unknown()),
});

export type Envelope = z.infer<typeof envelopeSchema>;

/** Who acts, as every command and event carries it. */
export type Actor =
  | { readonly role: 'system'; readonly authn: 'system' }
  | {
      readonly role: Exclude<Role, 'system'>;
      readonly authn: Exclude<Authentication, 'system'>;
      readonly officer: string;
      readonly contingent: string;
    };

/**
 * A value kept out of the leaf, as a reader meets it. The three states are never confused:
 * `withheld` exists but is not for this viewer, `erased` is gone from everywhere for ever.
 */
export type Disclosed =
  | { readonly state: 'shown'; readonly value: string }
  | { readonly state: 'withheld' }
  | { readonly state: 'erased' };

/** An event as it was read back: its number, its envelope, and what may be shown of its disclosures. */
export interface RecordedEvent {
  /** Number in commit order over the whole log, from 0. */
  readonly seq: number;
  readonly envelope: Envelope;
  readonly disclosed: Readonly<Record<string, Disclosed>>;
}

/** `observation/0190…` → `cw.observation-0190…`, the name of the stream that holds the subject. */
export function streamOf(subject: string): string {
  return `cw.${subject.replace('/', '-')}`;
}

/** `cw.observation-0190…` → `observation/0190…`. */
export function subjectOf(stream: string): string {
  return stream.slice('cw.'.length).replace('-', '/');
}

/** The noun of an event type: `unit.opened.v1` → `unit`. */
export function nounOf(type: string): string {
  return type.slice(0, type.indexOf('.'));
}
