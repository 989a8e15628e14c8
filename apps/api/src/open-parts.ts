import type { Clock } from './clock.ts';
import type { NodeConfig } from './config.ts';
import { CommandDesk } from './event-log/command-desk.ts';
import { secretSource } from './event-log/draw-secret.ts';
import { openLog, type OpenLogOptions } from './event-log/open-log.ts';
import type { SqliteEventLog } from './event-log/sqlite-event-log.ts';
import { exerciseBeginning, exerciseSecrets } from './exercise/exercise-log.ts';
import type { NodeParts } from './node.module.ts';
import { PROJECTIONS } from './projections.ts';
import { seenByReadModel } from './read-model/read-model-file.ts';
import { tellOfDamage } from './tell-of-damage.ts';

/** What has to be opened before Nest, and closed after it. */
export interface OpenedParts extends NodeParts {
  readonly close: () => Promise<void>;
}

/** @throws EventLogError data_folder_in_use, data_folder_unusable, wrong_sort, foreign_log, log_corrupt */
export async function openParts(config: NodeConfig, now: Clock): Promise<OpenedParts> {
  const folder = config.data;
  const seen = seenByReadModel(folder, PROJECTIONS);
  const options: LogOptions = {
    folder,
    onDamage: (damage) => tellOfDamage(folder, damage),
    ...(seen === undefined ? {} : { seen }),
  };
  const eventLog =
    config.sort === 'exercise'
      ? await openExercise(options, config, now)
      : await openLog({ ...options, exercise: false, now });
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

type LogOptions = Pick<OpenLogOptions, 'folder' | 'seen' | 'onDamage'>;

function openExercise(
  options: LogOptions,
  { exercise }: NodeConfig,
  now: Clock,
): Promise<SqliteEventLog> {
  const { startMs, logId } = exerciseBeginning(exercise, now());
  return openLog({
    ...options,
    exercise: true,
    now: () => startMs,
    ...(logId === undefined ? {} : { logId }),
  });
}
