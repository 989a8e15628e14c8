/**
 * Whether two JSON values say the same, whatever the order of their keys. A field that is absent and a
 * field that is `undefined` are the same, because JSON cannot tell them apart.
 */
export function sameValue(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) {
    return one === 0 && other === 0;
  }
  if (Array.isArray(one) || Array.isArray(other)) return sameList(one, other);
  const left = entriesOf(one);
  const right = new Map(entriesOf(other));
  return (
    left.length === right.size &&
    left.every(([key, value]) => right.has(key) && sameValue(value, right.get(key)))
  );
}

function sameList(one: object, other: object): boolean {
  return (
    Array.isArray(one) &&
    Array.isArray(other) &&
    one.length === other.length &&
    one.every((value, at) => sameValue(value, other[at]))
  );
}

function entriesOf(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, field]) => field !== undefined);
}
