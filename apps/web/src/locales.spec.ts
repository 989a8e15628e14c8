/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUES } from './locales.ts';

const SOURCES = import.meta.dirname;
const LITERAL = /'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\[\s\S])*)`/g;
const HOLE = /\$\{[^}]*\}/g;

const code = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/\.spec\.tsx?$/.test(path))
  .map((path) => readFileSync(join(SOURCES, path), 'utf8'))
  .join('\n');
/** Every text in quotes of the screens' code. */
const said = new Set(
  [...code.matchAll(LITERAL)].map((match) => match[1] ?? match[2] ?? match[3] ?? ''),
);
/** `words.kind.${kind}` stands for every key below `words.kind`. */
const patterns = [...said]
  .filter((text) => text.includes('${') && /^[\w.-]*\.\$\{|\}\.[\w-]/.test(text))
  .map((text) => new RegExp(`^${text.replaceAll('.', '\\.').replace(HOLE, '[\\w.-]+')}$`));

function keysOf(messages: object, above = ''): readonly string[] {
  return Object.entries(messages).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? keysOf(value, `${above}${name}.`)
      : [above + name],
  );
}

/** A key is asked for whole, from somewhere below the top by what is left of it, or read as a member. */
function isAskedFor(key: string): boolean {
  const parts = key.split('.');
  const ways = parts.map((_, at) => parts.slice(at).join('.'));
  return (
    code.includes(key) ||
    ways.some((way) => said.has(way) || patterns.some((pattern) => pattern.test(way)))
  );
}

describe('the catalogue', () => {
  it('has no message that no screen asks for', () => {
    expect(keysOf(CATALOGUES.en).filter((key) => !isAskedFor(key))).toEqual([]);
  });

  it('and one that nobody asks for is seen', () => {
    expect(['observations.textPlaceholder', 'log.place.waitingText'].filter(isAskedFor)).toEqual(
      [],
    );
  });
});
