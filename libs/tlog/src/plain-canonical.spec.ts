import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { utf8Bytes } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { EVENT_VECTORS } from './event-format.vectors.ts';
import { isPlainlyCanonical } from './plain-canonical.ts';

describe('the first look at canonical JSON', () => {
  const isPlain = (text: string) => isPlainlyCanonical(utf8Bytes(text));
  const isCanonical = (text: string) => {
    try {
      return canonicalJson(JSON.parse(text)) === text;
    } catch {
      return false;
    }
  };

  it('knows every vector of the event format', () => {
    const leaves = EVENT_VECTORS.map(({ leaf }) => leaf);
    expect(leaves.filter((leaf) => !isPlain(leaf))).toEqual([]);
  });

  it.each(['{}', '[]', '0', '-7', 'null', '[true,false,[]]', '{"":1,"a":{"é":"é"},"ab":"東"}'])(
    'says %j of what it knows only, and that is canonical',
    (text) => {
      expect(isCanonical(text)).toBe(true);
      expect(isPlain(text)).toBe(!text.includes('"é":'));
    },
  );

  it.each([
    '',
    '{"b":1,"a":2}',
    '{"a":1,"a":1}',
    '{"ab":1,"a":1}',
    '{ "a":1}',
    '{"a":1} ',
    '{"a":1}{',
    '{"a":1,}',
    '{"a":01}',
    '{"a":-0}',
    '{"a":1.0}',
    '{"a":1e2}',
    '{"a":-}',
    '{"a":9999999999999999}',
    '{"a":"\\u0041"}',
    '{"a":"\t"}',
    '{"a":nul}',
    '{"a":"}',
    '{"a"',
    '[1,]',
    '[1 ]',
    'tru',
  ])('says nothing of %j', (text) => expect(isPlain(text)).toBe(false));

  it('never says it of what is not canonical, whatever letters are changed', () => {
    const tree = fc.json({ maxDepth: 4 }).map((text) => canonicalJson(JSON.parse(text)));
    const letter = fc.constantFrom(...'{}[]",:0123456789-+.eE \\\t\u0000abtrufalsn\u00e9');
    const changes = fc.array(fc.tuple(fc.nat(), fc.nat(1), letter), { maxLength: 3 });
    fc.assert(
      fc.property(tree, changes, (text, edits) => {
        const changed = edits.reduce((now, [place, cut, put]) => {
          const at = now.length === 0 ? 0 : place % now.length;
          return now.slice(0, at) + put + now.slice(at + cut);
        }, text);
        if (isPlain(changed)) expect(isCanonical(changed)).toBe(true);
      }),
      { numRuns: 3_000 },
    );
  });
});
