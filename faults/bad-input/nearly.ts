import fc from 'fast-check';

/** Values in which one thing is not as it was meant: nearly right, which is what finds faults. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  -0,
  -1,
  0.1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  2 ** 53,
  '',
  ' ',
  '0',
  '\0',
  '\ufeff',
  '\u202e',
  '\ud800',
  '<script>alert(1)</script>',
  "'; DROP TABLE events; --",
  '=1+1',
  '%00',
  '../../etc/passwd',
  'ＡＢＣ',
  'constructor',
  'x'.repeat(20_000),
  [],
  [[]],
  {},
  { constructor: 1 },
  { toString: null },
];

/** The same value with something put in, left out, or made another at some depth. */
export function nearly(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const strange = fc.oneof(fc.constantFrom(...STRANGE), fc.jsonValue());
  const change = fc.record({ where: fc.array(fc.nat(20), { maxLength: 4 }), put: strange });
  return fc
    .tuple(valid, fc.array(change, { minLength: 1, maxLength: 2 }))
    .map(([value, changes]) => {
      return changes.reduce((made, { where, put }) => changed(made, where, put), value);
    });
}

/** Goes down by the numbers of members, as far as there are any. */
function changed(value: unknown, [first, ...rest]: readonly number[], put: unknown): unknown {
  if (first === undefined || typeof value !== 'object' || value === null) return put;
  const names = Object.keys(value);
  const at = first % (names.length + 2);
  const name = names[at];
  if (Array.isArray(value)) {
    return name === undefined ? [...value, put] : value.with(at, changed(value[at], rest, put));
  }
  const members = Object.entries(value);
  // Beyond the last member: another one, or one less.
  if (at === names.length) return { ...value, unheard: put };
  if (name === undefined) return Object.fromEntries(members.slice(1));
  return Object.fromEntries(
    members.map(([key, each]) => [key, key === name ? changed(each, rest, put) : each]),
  );
}
