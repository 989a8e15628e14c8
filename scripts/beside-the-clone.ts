// Tests that hold the product against files beside the clone, in ../shared, which never come into it.
// Where they are absent the tests rest, and the run says which files they would have needed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from '@jest/globals';
import { projectRoot } from './source-tree.ts';

/**
 * A suite about one file or folder of ../shared, named from there. `tests` are given its whole path, and
 * are not even collected where it is absent: one skipped test then says what is missing.
 */
export function describeShared(path: string, title: string, tests: (at: string) => void): void {
  const at = join(dirname(projectRoot), 'shared', path);
  const isHere = existsSync(at);
  if (!isHere) process.stdout.write(`SKIPPED, because ../shared/${path} is not here: ${title}\n`);
  (isHere ? describe : describe.skip)(title, () => {
    if (isHere) tests(at);
    else test(`needs ../shared/${path}`, () => undefined);
  });
}
