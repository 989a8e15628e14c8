import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import { type DisplayGroup, FIRE_ITEMS } from '@ceasewatch/domain/observation/vocabulary';
import { place } from './places.ts';
import { bearing, count, qualified, unitOfCount, unknown } from './quantities.ts';
import type { Names, Words } from './words.ts';

/**
 * An observation as one sentence, the same in feed, lists, receipts and log: "Heavy weapons — about 12
 * outgoing explosions (mortar 120 mm) heard, bearing 084° true, 3.0–3.4 km from OP Kestrel". Its parts
 * and their order come from the catalogue; what was not told is not said.
 */
export interface Sentence {
  /** The display group, or the kind where that says more; set in bold before the rest. */
  readonly lead: string;
  readonly rest: string;
}

/** What a sentence needs of an observation: a row of the read model has it, and so has an event of the log. */
export type Told = ObservationContent & { readonly group: DisplayGroup };

export function sentenceOf(
  row: Told,
  words: Words,
  names: Names,
  where = place(row.where, words, names),
): Sentence {
  const harmed = casualties(row, words);
  const [first, others] = isCountOfHarmed(row)
    ? [listed(harmed, words), []]
    : [subject(row, words), harmed];
  const parts = [
    [first, means(row, words)].filter((each) => each !== '').join(' '),
    ...uncounted(row, words),
    ...others,
    ...direction(row, words),
    where,
  ];
  return {
    lead: isNamedByKind(row) ? words(`words.kind.${row.kind}`) : words(`words.group.${row.group}`),
    rest: listed(
      parts.filter((each) => each !== ''),
      words,
    ),
  };
}

/**
 * The sentence in one piece, for labels, titles and what is read aloud.
 *
 * @param where the place in other words than those of every screen
 */
export function wholeSentence(row: Told, words: Words, names: Names, where?: string): string {
  return words('sentence.whole', { ...sentenceOf(row, words, names, where) });
}

/** Groups of a few unlike kinds, where the kind says more, and would only be said again after it. */
const NAMED_BY_KIND: readonly DisplayGroup[] = ['movement', 'engineering', 'restriction', 'other'];

function isNamedByKind({ group }: Told): boolean {
  return NAMED_BY_KIND.includes(group);
}

function subject(row: Told, words: Words): string {
  const told = row.weapon;
  const bare = bareSubject(row, words);
  // The group may have said it already.
  if (told === undefined || told.category === 'not_known' || told.category === row.group)
    return bare;
  const weapon = words(`words.weapon.${told.category}`);
  return bare === '' ? weapon : words('sentence.withWeapon', { subject: bare, weapon });
}

function bareSubject(row: Told, words: Words): string {
  if (row.restriction !== undefined && row.restriction.kind !== row.kind)
    return words(`words.restriction.${row.restriction.kind}`);
  const kind = isNamedByKind(row) ? '' : words(`words.kind.${row.kind}`);
  if (row.count === undefined) return isNamedByKind(row) ? '' : itemOf(row, words);
  if ('unknown' in row.count) return isNamedByKind(row) ? '' : someOf(row, words);
  const { value, qualifier, unit } = row.count;
  const noun = unitOfCount(unit, value, words);
  const counted = words('sentence.knownCount', {
    count: qualified(value, qualifier, words),
    unit: classed(noun, row, words),
  });
  return kind === '' || saysItsKind(row.kind, unit)
    ? counted
    : words('sentence.ofKind', { kind, counted });
}

/** "outgoing explosions"; what is not classed stays as it is. */
function classed(noun: string, row: Told, words: Words): string {
  if (row.explosion === undefined) return noun;
  return words('sentence.classed', { class: words(`words.explosion.${row.explosion}`), noun });
}

/** "explosions" for however many there were; what is no fire item goes by its kind. */
function someOf(row: Told, words: Words): string {
  const unit = FIRE_ITEMS.find((kind) => kind === row.kind);
  return unit === undefined
    ? words(`words.kind.${row.kind}`)
    : classed(unitOfCount(unit, 2, words), row, words);
}

/** "burst or shot" in the sentence, as a label would be "Burst or shot". */
function itemOf(row: Told, words: Words): string {
  const unit = FIRE_ITEMS.find((kind) => kind === row.kind);
  return unit === undefined
    ? words(`words.kind.${row.kind}`)
    : classed(unitOfCount(unit, 1, words), row, words);
}

/** "10 killed" says all of "10 persons", which many a source counts beside it. */
function isCountOfHarmed({ kind, count: told, casualties: harmed = [] }: Told): boolean {
  if (kind !== 'casualty' || harmed.length === 0) return false;
  if (told === undefined) return true;
  if ('unknown' in told) return false;
  let sum = 0;
  for (const each of harmed) {
    if ('unknown' in each.count || each.count.qualifier !== told.qualifier) return false;
    sum += each.count.value;
  }
  return told.unit === 'person' && sum === told.value;
}

/** That nobody knows how many is said after what was perceived, never instead of it. */
function uncounted(row: Told, words: Words): string[] {
  if (row.count === undefined || !('unknown' in row.count)) return [];
  return [words('sentence.unknownCount', { unknown: unknown(row.count.unknown, words) })];
}

/** "3 UAVs" needs no "UAV:" before it, "40 persons" needs its "Troop movement:". */
function saysItsKind(kind: Told['kind'], unit: string): boolean {
  if (kind === unit) return true;
  return (
    (kind === 'weapon_presence' && unit === 'weapon') ||
    (kind === 'damage' && unit === 'damaged_object')
  );
}

function means(row: Told, words: Words): string {
  const told = row.means.map((each) => words(`words.means.${each}`));
  const last = told.at(-1) ?? '';
  if (told.length < 2) return last;
  return words('format.and', { first: listed(told.slice(0, -1), words), last });
}

function casualties(row: Told, words: Words): string[] {
  return (row.casualties ?? []).map((each) =>
    words('sentence.casualty', {
      count:
        'unknown' in each.count
          ? count(each.count, words)
          : qualified(each.count.value, each.count.qualifier, words),
      outcome: words(`words.outcome.${each.outcome}`),
      person: words(`words.person.${each.person}`),
    }),
  );
}

function direction(row: Told, words: Words): string[] {
  const told = row.direction;
  if (told === undefined) return [];
  const parts: string[] = [];
  if (told.from !== undefined)
    parts.push(words('sentence.from', { bearing: bearing(told.from, words) }));
  if (told.towards !== undefined)
    parts.push(words('sentence.towards', { bearing: bearing(told.towards, words) }));
  if (told.movement !== undefined) parts.push(words(`sentence.movement.${told.movement}`));
  return parts;
}

/** Parts one after the other, as the language puts them. */
function listed(parts: readonly string[], words: Words): string {
  const [first = '', ...others] = parts;
  return others.reduce((before, next) => words('format.list', { before, next }), first);
}
