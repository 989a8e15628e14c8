import { OBSERVATION_CHANGES } from '@ceasewatch/domain/difference/difference';
import { MOVED_FIGURES } from '@ceasewatch/domain/difference/column-difference';
import { z } from 'zod';
import { type AskedMoment, momentParameters } from '../http/moment-parameters.ts';
import { eventOrInstant, type Given, instant, integer, split } from '../http/query-parameters.ts';
import { windowParameters } from '../http/window-parameters.ts';

/** The parameters of a difference: two moments, and what the figures and lists of both are asked with. */
const MOMENT = 'the number of an event, or an instant, which means the last event recorded by then';

const ends = {
  from: eventOrInstant.meta({ description: `One of the two moments, in any order: ${MOMENT}.` }),
  to: eventOrInstant
    .meta({ description: `The other: ${MOMENT}. The present, or \`asOf\`, unless told.` })
    .optional(),
  occurredFrom: instant
    .meta({
      description:
        'Only observations that began at or after this instant, as they stood or as they stand; the figures have their windows.',
    })
    .optional(),
  ...windowParameters,
  ...momentParameters,
};

const page = {
  limit: integer(1, 200)
    .meta({ description: 'How many changed observations a page has; 50 unless told.' })
    .optional(),
};

const choice = {
  change: z
    .enum(OBSERVATION_CHANGES)
    .meta({ description: 'Only observations that changed so.' })
    .optional(),
  figure: z
    .enum(MOVED_FIGURES)
    .meta({ description: 'Only observations that moved this figure.' })
    .optional(),
};

export const differenceParameters = z.strictObject({ ...ends, ...page });

export const changedParameters = z.strictObject({
  ...ends,
  ...page,
  ...choice,
  cursor: z.string().min(1).max(200).optional(),
});

/** All of them, as a file. */
export const changedFileParameters = z.strictObject({ ...ends, ...choice });

type ChangedParameters = z.output<typeof changedParameters>;

/** Ends, page and windows that were asked for, apart from the moment. */
export function askedChanges(asked: Given<Omit<ChangedParameters, keyof AskedMoment>>) {
  const [page, window] = split(asked, [
    'from',
    'to',
    'limit',
    'change',
    'figure',
    'cursor',
    'occurredFrom',
  ]);
  const [view, filter] = split(window, ['at', 'window', 'zone']);
  return { ...page, window: { ...view, filter } };
}
