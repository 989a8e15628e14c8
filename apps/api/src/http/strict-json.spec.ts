import { describe, expect, test } from '@jest/globals';
import { Refusal } from '@ceasewatch/domain/refusal';
import { RequestError } from './request-error.ts';
import { parseStrictJson } from './strict-json.ts';

function read(text: string | Uint8Array): unknown {
  return parseStrictJson(typeof text === 'string' ? new TextEncoder().encode(text) : text);
}

function complaint(text: string | Uint8Array): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof RequestError) return `${error.code} ${error.reason}`;
    if (error instanceof Refusal) {
      return `${error.code} ${error.refused[0]?.reason} ${error.refused[0]?.field}`;
    }
    throw error;
  }
  return 'accepted';
}

describe('a body that can be read in one way only', () => {
  test('is what JSON.parse makes of it', () => {
    const text = '{"a":[1,-2.5e3,{"b":"\\u00e9\\n\\"{[,"}],"c":null,"d":{"a":true}}';
    expect(read(text)).toEqual(JSON.parse(text));
  });

  test.each([
    ['', 'malformed_json not_json'],
    ['{', 'malformed_json not_json'],
    ['{"a":1}x', 'malformed_json not_json'],
    ['\ufeff{}', 'malformed_json not_json'],
    [Uint8Array.of(0x22, 0xff, 0x22), 'malformed_json not_utf8'],
    [Buffer.from('{"a":1}', 'utf16le'), 'malformed_json not_json'],
    ['{"a":{"__proto__":1}}', 'malformed_json forbidden_name'],
    ['{"\\u005f_proto__":1}', 'malformed_json forbidden_name'],
    ['[{"constructor":1}]', 'malformed_json forbidden_name'],
    [`[${'1'.repeat(200)}]`, 'malformed_json number_too_long'],
    ['{"a":1,"b":2,"a":3}', 'invalid duplicate_key a'],
    ['{"w":[{"x":1},{"x":1,"\\u0078":2}]}', 'invalid duplicate_key w.1.x'],
    ['{"n":"\\ud800"}', 'invalid lone_surrogate n'],
    ['{"a":{"a":1},"b":[{"a":1},{"a":1}]}', 'accepted'],
    ['{"n":"\\ud83d\\ude00"}', 'accepted'],
  ])('%j is %s', (text, said) => {
    expect(complaint(text)).toBe(said);
  });

  test('is refused however deep it is, without a stack that overflows', () => {
    expect(complaint('['.repeat(100_000) + ']'.repeat(100_000))).toBe('malformed_json too_deep');
    expect(complaint('['.repeat(200_000))).toBe('malformed_json not_json');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
