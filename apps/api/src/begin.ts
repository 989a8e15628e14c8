import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { CentreBook } from './centre/centre-book.ts';
import type { NodeConfig } from './config.ts';
import { EVENT_LOG, type EventLog } from './event-log/event-log.ts';
import { EventLogError } from './event-log/event-log-error.ts';
import { ExerciseRunner } from './exercise/exercise.runner.ts';
import { foundCentre, readCentre } from './found-centre.ts';

/** The centre file that comes with the product: the joint centre as its public sources describe it. */
export const FOUNDING_FILE = fileURLToPath(
  new URL('../centres/founding-2021.json', import.meta.url),
);

/** A store that is only slow, because three nodes start at once, ends no start while the log gets on. */
const PATIENCE_MS = 30_000;
const PAUSE_MS = 500;

/**
 * What a log begins with: the centre of a file, or the exercise with its own and its story up to now.
 * Nothing is begun twice, so it is tried again while the store does not answer.
 * @throws EventLogError where the store is away for longer, or lets nobody in
 */
export async function begin(config: NodeConfig, app: INestApplicationContext): Promise<void> {
  const eventLog: EventLog = app.get(EVENT_LOG);
  let patientUntil = performance.now() + PATIENCE_MS;
  for (let { seq } = eventLog.head(); ;) {
    try {
      await tryToBegin(config, app);
      return;
    } catch (error) {
      const reached = eventLog.head().seq;
      if (reached > seq) patientUntil = performance.now() + PATIENCE_MS;
      seq = reached;
      if (!mayPass(error) || performance.now() > patientUntil) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
}

/** A refused user stays refused, however long one waits. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof EventLogError) || error.facts.refused === true) return false;
  return error.code === 'store_unavailable' || error.code === 'outcome_unknown';
}

async function tryToBegin(config: NodeConfig, app: INestApplicationContext): Promise<void> {
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
