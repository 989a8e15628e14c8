// What the compiler cannot see and Nest or SQLite would only notice at run time: tables, event types
// and handlers fit together.
import { describe, expect, test } from '@jest/globals';
import { dirname } from 'node:path';
import {
  isTest,
  lineOf,
  projectFiles,
  readSource,
  withoutComments,
  withoutStrings,
  type SourceFile,
} from './scripts/source-tree.ts';

/** Tables that a slice reads or writes in its projection without making them itself. */
function strayTables(files: readonly SourceFile[]): readonly string[] {
  return files
    .filter(({ path }) => path.endsWith('.projection.ts'))
    .flatMap(({ path, text }) => {
      const room = files.filter((file) => dirname(file.path) === dirname(path));
      const made = new Set(
        room.flatMap((file) =>
          [
            ...file.text.matchAll(/CREATE\s+(?:VIRTUAL\s+)?TABLE\s+(?:IF NOT EXISTS\s+)?(\w+)/g),
          ].map((match) => match[1]),
        ),
      );
      const sql = withoutComments(text);
      return [...sql.matchAll(/\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z]\w*)/g)]
        .filter((match) => !made.has(match[1]))
        .map(
          (match) =>
            `${path}:${lineOf(sql, match.index)} touches ${match[1]}: a projection owns the tables its folder makes and no others`,
        );
    });
}

/** Event types named outside an .events.ts that no .events.ts knows. */
function unknownEventTypes(files: readonly SourceFile[]): readonly string[] {
  const literal = /['"]([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*\.v\d+)['"]/g;
  const known = new Set(
    files
      .filter(({ path }) => path.endsWith('.events.ts'))
      .flatMap(({ text }) => [...text.matchAll(literal)].map((match) => match[1])),
  );
  return files
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, text }) =>
      [...withoutComments(text).matchAll(literal)]
        .filter((match) => !known.has(match[1]))
        .map(
          (match) =>
            `${path}:${lineOf(text, match.index)} names ${match[1]}: an event type is written in its noun's .events.ts first`,
        ),
    );
}

/** Commands and queries whose handlers are not exactly one; the bus itself would only warn. */
function unhandledMessages(files: readonly SourceFile[]): readonly string[] {
  const api = files.filter(({ path }) => path.startsWith('apps/api/src/') && !isTest(path));
  const all = (pattern: RegExp): string[] =>
    api.flatMap(({ text }) =>
      [...withoutStrings(text).matchAll(pattern)].map((match) => match[1] ?? ''),
    );
  const handlers = all(/@(?:Command|Query)Handler\(\s*(\w+)\s*\)/g);
  const messages = new Set([
    ...handlers,
    ...all(/\bclass\s+(\w+)\s+extends\s+(?:Command|Query)\b/g),
    ...all(/\.execute\(\s*new\s+(\w+)/g),
  ]);
  return [...messages]
    .map((name) => ({ name, count: handlers.filter((handled) => handled === name).length }))
    .filter(({ count }) => count !== 1)
    .map(
      ({ name, count }) =>
        `${name} has ${count} handlers: it wants exactly one, in its slice's .commands.ts or .queries.ts`,
    );
}

const sources = projectFiles()
  .filter((path) => /\.(ts|tsx)$/.test(path))
  .map(readSource);

describe('the wiring', () => {
  test('a projection touches its own tables only', () => {
    expect(strayTables(sources)).toEqual([]);
  });
  test('an event type is known to an .events.ts before it is used', () => {
    expect(unknownEventTypes(sources)).toEqual([]);
  });
  test('each command and each query has exactly one handler', () => {
    expect(unhandledMessages(sources)).toEqual([]);
  });
  test('is seen where it is broken', () => {
    const projection = {
      path: 'apps/api/src/a/a.projection.ts',
      text: "db('UPDATE other SET x = 1'); on('a.happened.v1')",
    };
    const commands = {
      path: 'apps/api/src/a/a.commands.ts',
      text: 'class DoIt extends Command<void> {}',
    };
    expect(strayTables([projection])).toHaveLength(1);
    expect(unknownEventTypes([projection])).toHaveLength(1);
    expect(unhandledMessages([commands])).toHaveLength(1);
  });
});
