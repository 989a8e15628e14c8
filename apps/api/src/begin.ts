import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CentreBook } from './centre/centre-book.ts';
import type { NodeConfig } from './config.ts';
import { ExerciseRunner } from './exercise/exercise.runner.ts';
import { foundCentre, readCentre } from './found-centre.ts';

/** The centre file that comes with the product: the joint centre as its public sources describe it. */
export const FOUNDING_FILE = fileURLToPath(
  new URL('../centres/founding-2021.json', import.meta.url),
);

/** What a log begins with: the centre of a file, or the exercise with its own and its story up to now. */
export async function begin(config: NodeConfig, app: INestApplicationContext): Promise<void> {
  if (config.sort === 'exercise') {
    await app.get(ExerciseRunner).open();
    return;
  }
  const centre = await app.get(CentreBook).centre();
  // A centre that was founded goes its own way; the file was only its beginning.
  if (centre.status !== 'none') return;
  const file = await readCentre(config.centreFile ?? FOUNDING_FILE);
  await foundCentre(app.get(CommandBus), file);
}
