import type { Clock } from './clock.ts';
import type { NodeConfig } from './config.ts';
import { CommandDesk } from './event-log/command-desk.ts';
import { secretSource } from './event-log/draw-secret.ts';
import { openLog } from './event-log/open-log.ts';
import type { SqliteEventLog } from './event-log/sqlite-event-log.ts';
import { exerciseBeginning, exerciseSecrets } from './exercise/exercise-log.ts';
import type { NodeParts } from './node.module.ts';
import { PROJECTIONS } from './projections.ts';

/** What has to be opened before Nest, and closed after it. */
export interface OpenedParts extends NodeParts {
  readonly close: () => Promise<void>;
}

/** @throws EventLogError data_folder_in_use, data_folder_unusable, wrong_sort, foreign_log, log_corrupt */
export async function openParts(config: NodeConfig, now: Clock): Promise<OpenedParts> {
  const folder = config.data;
  const eventLog =
    config.sort === 'exercise'
      ? await openExercise(config, now)
      : await openLog({ folder, exercise: false, now });
  const drawSecret =
    config.sort === 'exercise' ? exerciseSecrets(eventLog.head().logId) : secretSource();
  return {
    eventLog,
    desk: new CommandDesk({ log: eventLog, now, drawSecret }),
    now,
    readModel: { folder, projections: PROJECTIONS },
    loopback: config.loopback,
    close: () => eventLog.close(),
  };
}

function openExercise({ data: folder, exercise }: NodeConfig, now: Clock): Promise<SqliteEventLog> {
  const { startMs, logId } = exerciseBeginning(exercise, now());
  return openLog({
    folder,
    exercise: true,
    now: () => startMs,
    ...(logId === undefined ? {} : { logId }),
  });
}
