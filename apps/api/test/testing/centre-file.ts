import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';

const DAY_MS = 86_400_000;

/** Writes the exercise's centre, founded fourteen weeks ago on this machine's clock; the path of the file. */
export function centreFileIn(folder: string): string {
  const path = join(folder, 'centre.json');
  writeFileSync(path, JSON.stringify(exerciseCentre(Date.now() - 98 * DAY_MS)));
  return path;
}
