import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { changes } from '@ceasewatch/domain/testing/arbitrary-rows';
import { testId } from '../event-log/testing/events.ts';
import { PROJECTIONS } from '../projections.ts';
import { BatchApplier } from './batch-applier.ts';
import { ReadModel } from './read-model.ts';
import { createEmpty, fileOf } from './read-model-file.ts';
import { projectedReports } from './testing/histories.ts';

const [HISTORY = []] = fc.sample(changes, { numRuns: 1, seed: 3 });

/** Files that are too large to be looked at when they are opened: in use, and looked at by a thread. */
let folder: string;
let file: string;
let db: DatabaseSync;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ceasewatch-rows-'));
  file = fileOf(folder, PROJECTIONS);
  ({ db } = createEmpty(file, PROJECTIONS, testId(0)));
  new BatchApplier(db, PROJECTIONS, 'live', -1).apply(projectedReports(HISTORY, 20));
});
afterEach(() => rmSync(folder, { recursive: true }));

it.each([
  ['a count', 'UPDATE observation_version SET count_value = count_value + 1 WHERE from_seq = 7'],
  ['a text', `UPDATE observation_folded SET narrative = 'heard near the hill' WHERE seq = 7`],
  ['the event of a content', 'UPDATE observation_content SET seq = 99 WHERE seq = 7'],
  ['a number that is too large', `UPDATE event SET time = ${2n ** 60n} WHERE seq = 7`],
  ['the position', 'UPDATE position SET seq = seq + 1'],
])('a row with another value is found: %s', async (_, sql) => {
  db.exec(sql);
  const readModel = new ReadModel({ folder, projections: PROJECTIONS });
  const damage = new Promise((resolve) => readModel.whenDamaged(resolve));
  readModel.use(db, file, false);
  expect(String(await damage)).toContain('the read model is damaged');
  readModel.close();
});

it('what cannot be looked at is told, and goes on', async () => {
  const told = new Promise<readonly unknown[]>((resolve) => {
    const onFailure = (...failure: readonly unknown[]) => resolve(failure);
    const readModel = new ReadModel({ folder, projections: PROJECTIONS, onFailure });
    readModel.use(db, join(folder, 'none.sqlite'), false);
  });
  expect(await told).toEqual([expect.objectContaining({ errcode: 14 }), 'unchecked']);
  expect(db.isOpen).toBe(true);
  db.close();
});
