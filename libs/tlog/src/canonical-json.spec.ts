import { describe, expect, it } from '@jest/globals';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { canonicalJson, isCanonicalJson, writtenCanonically } from './canonical-json.ts';
import { EVENT_VECTORS } from './event-format.vectors.ts';

describe('canonical JSON', () => {
  it('is the leaf of every vector of the event format', () => {
    for (const { leaf } of EVENT_VECTORS) {
      expect(canonicalJson(JSON.parse(leaf))).toBe(leaf);
      expect(isCanonicalJson(leaf)).toBe(true);
    }
  });

  it('sorts keys by UTF-16 code units (RFC 8785, 3.2.3)', () => {
    const value = {
      '\u20ac': 'Euro Sign',
      '\r': 'Carriage Return',
      '\ufb33': 'Hebrew Letter Dalet With Dagesh',
      '1': 'One',
      '\ud83d\ude00': 'Emoji: Grinning Face',
      '\u0080': 'Control',
      '\u00f6': 'Latin Small Letter O With Diaeresis',
    };
    expect(Object.keys(JSON.parse(canonicalJson(value)) as object)).toEqual([
      '1',
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
  });

  it('writes numbers and strings as RFC 8785, 3.2.2 does', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\\"\/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('is what the reference library writes, for every value of JSON', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('1', '10', '9', '__proto__', 'constructor', '\u2028', '"', '\ufb33', '😀'),
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
        ),
        fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constantFrom(-0, 1e21, 5e-324)),
        fc.array(tie('tree'), { maxLength: 5 }),
        fc.dictionary(key, tie('tree'), { maxKeys: 8 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const reference = outcomeOf(() => canonicalize(value));
        expect(outcomeOf(() => canonicalJson(value))).toEqual(reference);
      }),
      { numRuns: 2_000 },
    );
  });

  it('sorts more keys than it sorts by hand', () => {
    const value = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`k${n * 7919}`, n]));
    expect(canonicalJson(value)).toBe(canonicalize(value));
  });

  it('leaves out members that are undefined, and nothing else', () => {
    expect(canonicalJson({ b: undefined, a: null, c: undefined })).toBe('{"a":null}');
  });

  it.each([
    ['a lone surrogate', { text: '\ud800' }],
    ['a lone surrogate in a name', { ['\udfff']: 1 }],
    ['nothing within an array', [undefined]],
    ['a function', { f: () => 1 }],
    ['what writes itself', { when: new Date(0) }],
    ['a number that is none', { n: Number.NaN }],
    ['infinity', { n: Infinity }],
    ['a BigInt', { n: 1n }],
    ['nothing', undefined],
  ])('refuses %s', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(expect.objectContaining({ code: 'not_canonical' }));
  });

  it.each([200, 201, 5_000, 30_000])(
    'of %i lists in each other is one up to 200, and none beyond, wherever the stack ends',
    (depth) => {
      const text = '['.repeat(depth) + ']'.repeat(depth);
      expect(isCanonicalJson(text)).toBe(depth <= 200);
      expect(writtenCanonically(JSON.parse(text))).toBe(depth <= 200 ? text : undefined);
      expect(writtenCanonically({ b: 1, a: JSON.parse(text) })).toBeUndefined();
    },
  );

  it('refuses a cycle', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    expect(() => canonicalJson(cycle)).toThrow(expect.objectContaining({ code: 'not_canonical' }));
  });

  it.each(['{"b":1,"a":2}', '{ "a":1}', '{"a":1,"a":1}', '{"a":1.0}', '{"a":"\\u0041"}', '{"a":'])(
    'does not take %s for canonical',
    (text) => expect(isCanonicalJson(text)).toBe(false),
  );
});

/** The text, or that there is none. */
function outcomeOf(write: () => string | undefined): string | undefined {
  try {
    return write();
  } catch {
    return undefined;
  }
}
