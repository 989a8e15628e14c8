// Every timer, queue and cache of the node is bounded where it stands, and says why so much: ADR 15.
import { describe, expect, test } from '@jest/globals';
import { isTest, projectFiles, readSource, type SourceFile } from './scripts/source-tree.ts';

const NODE = /^apps\/api\/src\/.*\.ts$/;
/** A constant whose name says that it limits something, and that is no name for another. */
const LIMIT =
  /^(?:export )?const (\w+_(?:MS|S|BYTES|MB|EVENTS|ROWS)|MOST_\w+|KEPT\w*|\w*AT_ONCE|\w*LIMIT|\w*BATCH|\w*PAGE|\w*WINDOW)(?:: number)? = [\d_ *.+-]+;/;
const CONSTANT = /^(?:export )?const [A-Z]\w* = /;
const COMMENT_ENDS = /^\/\/|\*\/$/;

/** Limits that stand under no comment, not even one that is for the constants above them too. */
function unexplained({ path, text }: SourceFile): readonly string[] {
  const lines = text.split('\n');
  return lines.flatMap((line, at) => {
    const name = LIMIT.exec(line)?.[1];
    if (name === undefined) return [];
    let above = at - 1;
    while (CONSTANT.test(lines[above] ?? '')) above -= 1;
    return COMMENT_ENDS.test(lines[above] ?? '') ? [] : [`${path}:${at + 1} ${name}`];
  });
}

const sources = projectFiles()
  .filter((path) => NODE.test(path) && !isTest(path))
  .map(readSource);

describe('every limit of the node', () => {
  test('says its reason', () => {
    expect(sources.flatMap(unexplained)).toEqual([]);
  });

  test.each([
    ['const MOST_WAITING = 4_096;', 1],
    ['\nexport const PAGE_BYTES = 64 * 1024;', 1],
    ['/** As many as fit. */\nconst MOST_WAITING = 4_096;', 0],
    ['// Both for the disk.\nconst FIRST_MS = 1;\nconst LAST_MS = 2;', 0],
    ['/** Of something else. */\n\nconst LAST_MS = 2;', 1],
    ['const COLUMNS = 25;', 0],
  ])('is seen where it is none or has none: %j', (text, count) => {
    expect(unexplained({ path: 'apps/api/src/a.ts', text })).toHaveLength(count);
  });
});
