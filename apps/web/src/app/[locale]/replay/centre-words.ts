import type { FieldDifference } from '@ceasewatch/domain/difference/field-differences';
import { sameValue } from '@ceasewatch/domain/same-value';
import { toTheSecond } from '../../../format/date-time.ts';
import { coordinates } from '../../../format/places.ts';
import { distance } from '../../../format/quantities.ts';
import type { Names, Words } from '../../../format/words.ts';
import { gridOf } from '../centre/grid-position.ts';

/**
 * What a field of the centre said and says, in words: instants and positions as every screen writes them,
 * things by their names. Of a list, such as the positions of a unit, what came and what went is told, and not
 * the whole list twice.
 */
export interface Telling {
  readonly zone: string;
  readonly words: Words;
  readonly names: Names;
}

export interface ToldField {
  /** Its name in words; one that a newer node may have is told as it is kept. */
  readonly name: string;
  /** One entry each; empty where nothing is told. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export function toldField({ field, before, after }: FieldDifference, telling: Telling): ToldField {
  const [old, told] = [entriesOf(before), entriesOf(after)];
  const [went, came] = [without(old, told), without(told, old)];
  const textsOf = (entries: readonly unknown[]) =>
    entries.map((each) => text(field, each, telling));
  // The same in another order is told as it stood and as it stands.
  const isOrder = went.length + came.length === 0;
  return {
    name: nameOf(field, telling),
    before: textsOf(isOrder ? old : went),
    after: textsOf(isOrder ? told : came),
  };
}

function without(entries: readonly unknown[], others: readonly unknown[]): readonly unknown[] {
  return entries.filter((each) => !others.some((other) => sameValue(each, other)));
}

function entriesOf(value: unknown): readonly unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) && !isPlaces(value) ? value : [value];
}

const KNOWN = [
  'area',
  'closedFrom',
  'contingent',
  'declaredBy',
  'definitions',
  'endedAt',
  'from',
  'inForceAt',
  'kind',
  'name',
  'officer',
  'parties',
  'party',
  'position',
  'positions',
  'publishedAt',
  'role',
  'roles',
  'shape',
  'sign',
  'signedAt',
  'sources',
  'title',
  'to',
  'unit',
  'vertices',
  'withdrawn',
  'zone',
] as const;

function nameOf(field: string, { words }: Telling): string {
  const known = KNOWN.find((each) => each === field);
  return known === undefined ? field : words(`replay.difference.fields.${known}`);
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

function text(field: string, value: unknown, telling: Telling): string {
  const { words, names, zone } = telling;
  if (typeof value === 'boolean') return words(`replay.difference.${value ? 'yes' : 'no'}`);
  if (typeof value === 'string') {
    if (INSTANT.test(value)) return toTheSecond(value, zone);
    return named(field, value, names) ?? value;
  }
  if (isPlaces(value)) return value.map((each) => placeOf(each, words)).join('; ');
  if (isPosition(value)) return positionOf(value, words);
  if (Array.isArray(value)) return value.map((each) => text(field, each, telling)).join(', ');
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value);
  // One thing under several names.
  if (members.every(([key, each]) => key.length === 2 && typeof each === 'string'))
    return members.map(([, each]) => String(each)).join(' / ');
  return members
    .filter(([, each]) => each !== null && each !== undefined)
    .map(([key, each]) => `${nameOf(key, telling)} ${text(key, each, telling)}`)
    .join(', ');
}

/** What an id is called in a field of that name; undefined where the field names nothing of the centre. */
export function named(field: string, id: string, names: Names): string | undefined {
  switch (field) {
    case 'unit':
      return names.unit(id);
    case 'area':
      return names.area(id);
    case 'officer':
      return names.officer(id);
    case 'contingent':
      return names.contingent(id);
    default:
      return undefined;
  }
}

interface KeptPosition {
  /** In 1e-6 degrees. */
  readonly lat: number;
  readonly lon: number;
  readonly errorM?: number;
}

function isPosition(value: unknown): value is KeptPosition {
  return (
    typeof value === 'object' &&
    value !== null &&
    'lat' in value &&
    'lon' in value &&
    typeof value.lat === 'number' &&
    typeof value.lon === 'number'
  );
}

/** `38S PK 648 288 (39.62357, 47.20969) ± 200 m`. */
function positionOf(position: KeptPosition, words: Words): string {
  const { errorM } = position;
  const place = [gridOf(position), `(${coordinates(position, words)})`].join(' ').trim();
  return errorM === undefined
    ? place
    : words('replay.difference.position', { place, error: distance(errorM, words) });
}

/** The corners of an area, as they are kept: longitude before latitude. */
type Places = readonly (readonly [lon: number, lat: number])[];

function isPlaces(value: unknown): value is Places {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (each) => Array.isArray(each) && each.length === 2 && each.every(Number.isSafeInteger),
    )
  );
}

function placeOf([lon, lat]: Places[number], words: Words): string {
  return coordinates({ lat, lon }, words);
}
