import { sameValue } from '../same-value.ts';

/** A field of something that was told anew: what it said and what it says; null where it says nothing. */
export interface FieldDifference {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The fields of which two contents say something else, those of the later one first, in its order. */
export function fieldDifferences(before: object, after: object): readonly FieldDifference[] {
  const [old, told] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...told.keys(), ...old.keys()])]
    .map((field) => ({
      field,
      before: old.get(field) ?? null,
      after: told.get(field) ?? null,
    }))
    .filter((each) => !sameValue(each.before, each.after));
}
