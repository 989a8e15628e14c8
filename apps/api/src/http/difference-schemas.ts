import { MOVED_FIGURES } from '@ceasewatch/domain/difference/column-difference';
import { OBSERVATION_CHANGES } from '@ceasewatch/domain/difference/difference';
import { AUTHENTICATIONS, eventId, storedInstant } from '@ceasewatch/domain/recorded-event';
import { z } from 'zod';
import { disclosed, observationRow, situation, staleSince } from './answer-schemas.ts';

/** The answers of `GET /api/diff` as schemas, for the OpenAPI document. */
const seq = z.int().min(-1);
const count = z.int().nonnegative();
const change = z.enum(OBSERVATION_CHANGES);
const figure = z.enum(MOVED_FIGURES);

const moment = z
  .strictObject({ seq, time: storedInstant.nullable() })
  .meta({ id: 'DifferenceMoment', description: 'The last event known, and when it was recorded.' });

const field = z
  .strictObject({ field: z.string(), before: z.unknown(), after: z.unknown() })
  .meta({ id: 'FieldDifference', description: 'What a field said and says; null where nothing.' });

const observationDifference = z
  .strictObject({
    id: eventId,
    number: z.int().positive(),
    change,
    shown: z
      .strictObject({ then: z.boolean(), now: z.boolean() })
      .meta({ description: 'Whether a list with this filter shows it, then and now.' }),
    figures: z.array(figure),
    before: observationRow.nullable(),
    after: observationRow,
    fields: z.array(field),
    disclosed: z.array(
      z.strictObject({
        name: z.enum(['narrative', 'asEntered']),
        before: disclosed.nullable(),
        after: disclosed.nullable(),
      }),
    ),
    events: z.array(
      z.strictObject({
        seq,
        type: z.string(),
        time: storedInstant,
        officer: z.string().nullable(),
        authn: z.enum(AUTHENTICATIONS),
        reason: z.string().nullable(),
      }),
    ),
    eventsInAll: count,
  })
  .meta({ id: 'ObservationDifference' });

const page = {
  staleSince,
  from: moment,
  to: moment,
  items: z.array(observationDifference),
  matching: count,
  next: z.string().optional(),
  narrativeSearched: z.boolean().optional(),
};

export const observationDifferencePage = z
  .strictObject(page)
  .meta({ id: 'ObservationDifferencePage' });

const centreDifference = z
  .strictObject({
    thing: z.enum([
      'centre',
      'calendar',
      'contingent',
      'strength',
      'unit',
      'area',
      'officer',
      'ceasefire',
    ]),
    id: z.string(),
    change: z.enum(['added', 'changed']),
    before: z.unknown(),
    after: z.unknown(),
    fields: z.array(field),
    event: z.strictObject({ seq, type: z.string(), time: storedInstant }),
    eventsInAll: count,
  })
  .meta({ id: 'CentreDifference' });

export const differenceAnswer = z
  .strictObject({
    ...page,
    situation: z.strictObject({ then: situation, kept: situation, now: situation }),
    moved: z.record(figure, z.strictObject({ observations: count, events: z.array(seq) })),
    totals: z.record(change, count),
    centre: z.strictObject({ items: z.array(centreDifference), matching: count }),
  })
  .meta({ id: 'DifferenceAnswer' });
