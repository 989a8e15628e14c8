import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import { sameValue } from '@ceasewatch/domain/same-value';
import { toTheMinute, toTheSecond } from '../../../format/date-time.ts';
import { place } from '../../../format/places.ts';
import { bearing, count } from '../../../format/quantities.ts';
import { occurredDated, wholeDays } from '../../../format/when.ts';
import type { Names, Words } from '../../../format/words.ts';

/**
 * An observation field by field in words, and what changed between two of its versions. What is not
 * told has no text, so a field that came or went is a change from or to nothing.
 */
export const TOLD_FIELDS = [
  'kind',
  'count',
  'means',
  'when',
  'where',
  'direction',
  'explosion',
  'weapon',
  'restriction',
  'casualties',
  'confidence',
  'unit',
  'via',
] as const satisfies readonly (keyof ObservationContent)[];
export type ToldField = (typeof TOLD_FIELDS)[number];

export interface FieldChange {
  readonly field: ToldField;
  readonly before: string;
  readonly after: string;
}

/** What a reader of facts needs beside the facts. */
export interface Telling {
  readonly zone: string;
  readonly words: Words;
  readonly names: Names;
}

export function changesBetween(
  before: ObservationContent,
  after: ObservationContent,
  telling: Telling,
): readonly FieldChange[] {
  return TOLD_FIELDS.filter(
    (field) => !sameValue(comparable(before, field), comparable(after, field)),
  ).map((field) => ({
    field,
    before: fieldText(before, field, telling),
    after: fieldText(after, field, telling),
  }));
}

/** A place resolved anew is no change of what was told. */
function comparable(content: ObservationContent, field: ToldField): unknown {
  if (field !== 'where') return content[field];
  const { resolved: _, ...told } = { resolved: undefined, ...content.where };
  return told;
}

export function fieldText(
  content: ObservationContent,
  field: ToldField,
  { zone, words, names }: Telling,
): string {
  switch (field) {
    case 'kind':
      return words(`words.kind.${content.kind}`);
    case 'count':
      return content.count === undefined ? '' : count(content.count, words);
    case 'means':
      return content.means.map((means) => words(`words.means.${means}`)).join(', ');
    case 'when':
      return whenText(content.when, zone, words);
    case 'where':
      return place(content.where, words, names);
    case 'direction':
      return directionText(content.direction, words);
    case 'explosion':
      return content.explosion === undefined ? '' : words(`words.explosion.${content.explosion}`);
    case 'weapon':
      return content.weapon === undefined ? '' : words(`words.weapon.${content.weapon.category}`);
    case 'restriction':
      return content.restriction === undefined
        ? ''
        : words(`words.restriction.${content.restriction.kind}`);
    case 'casualties':
      return (content.casualties ?? [])
        .map((each) =>
          words('sentence.casualty', {
            count: count(each.count, words),
            outcome: words(`words.outcome.${each.outcome}`),
            person: words(`words.person.${each.person}`),
          }),
        )
        .join(', ');
    case 'confidence':
      return content.confidence === undefined
        ? ''
        : words(`words.confidence.${content.confidence}`);
    case 'unit':
      return names.unit(content.unit);
    case 'via':
      return content.via === undefined ? '' : words(`observation.via.${content.via}`);
    default:
      return field satisfies never;
  }
}

/** As finely as it was told, with the zone of entry: a record is read exactly, not at a glance. */
function whenText(when: ObservationContent['when'], zone: string, words: Words): string {
  const how = { zone: when.zone, clock: words(`observation.clock.${when.clock}`) };
  if (when.precision === 'minute')
    return words('observation.minuteTold', { ...how, at: toTheMinute(when.from, zone) });
  if (wholeDays(when) !== undefined)
    return words('observation.daysTold', { ...how, at: occurredDated(when, zone, words) });
  return words('observation.whenTold', {
    ...how,
    from: toTheSecond(when.from, zone),
    to: toTheSecond(when.to, zone),
  });
}

function directionText(direction: ObservationContent['direction'], words: Words): string {
  if (direction === undefined) return '';
  return [
    ...(direction.from === undefined
      ? []
      : [words('sentence.from', { bearing: bearing(direction.from, words) })]),
    ...(direction.towards === undefined
      ? []
      : [words('sentence.towards', { bearing: bearing(direction.towards, words) })]),
    ...(direction.movement === undefined ? [] : [words(`sentence.movement.${direction.movement}`)]),
  ].join(', ');
}
