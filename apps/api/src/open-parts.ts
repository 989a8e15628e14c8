import type { Clock } from './clock.ts';
import type { NodeConfig } from './config.ts';
import { CommandDesk } from './event-log/command-desk.ts';
import { secretSource } from './event-log/draw-secret.ts';
import type { OpenEventStoreDbOptions } from './event-log/open-eventstoredb-log.ts';
import { openLog, type OpenLogOptions } from './event-log/open-log.ts';
import { Reserve } from './event-log/reserve.ts';
import { exerciseBeginning, exerciseSecrets } from './exercise/exercise-log.ts';
import { Traffic } from './http/traffic.ts';
import { LIMITS } from './live/limits.ts';
import type { NodeParts } from './node.module.ts';
import { PROJECTIONS } from './projections.ts';
import { seenByReadModel } from './read-model/read-model-file.ts';
import { carryCopy } from './carry-copy.ts';
import { startVerification } from './start-verification.ts';
import { tellOfCopy, tellOfDamage, tellOfStore } from './tell-of-damage.ts';
import { tellOfFailure } from './tell-of-failure.ts';

/** What has to be opened before Nest, and closed after it. */
export interface OpenedParts extends NodeParts {
  /** To be called once everything is open: says so where the disk is full. */
  readonly settle: () => void;
  readonly close: () => Promise<void>;
}

/** @throws EventLogError data_folder_in_use, data_folder_unusable, wrong_sort, foreign_log, log_corrupt, store_unavailable */
export async function openParts(config: NodeConfig, now: Clock): Promise<OpenedParts> {
  const folder = config.data;
  const options: LogOptions = {
    folder,
    onDamage: (damage) => tellOfDamage(folder, damage),
    seen: () => seenByReadModel(folder, PROJECTIONS),
  };
  const begin = beginningOf(config, now);
  const reserve = new Reserve(folder);
  const { eventLog, settle, close } =
    config.store === undefined
      ? await openHere({ ...options, ...begin, startVerification, reserve })
      : await openInStore({ folder, ...config.store, ...begin, clock: now, ...TOLD }, reserve);
  const drawSecret =
    config.sort === 'exercise' ? exerciseSecrets(eventLog.head().logId) : secretSource();
  return {
    eventLog,
    desk: new CommandDesk({ log: eventLog, now, drawSecret }),
    now,
    readModel: { folder, projections: PROJECTIONS, onFailure: tellOfFailure },
    loopback: config.loopback,
    liveLimits: { ...LIMITS, socketsAnAddress: config.socketsAnAddress ?? LIMITS.socketsAnAddress },
    traffic: new Traffic(),
    settle,
    close,
  };
}

type LogOptions = Pick<OpenLogOptions, 'folder' | 'seen' | 'onDamage'>;

/** What is said where the log is in a store. */
const TOLD = { onDamage: tellOfStore, onCopyDamage: tellOfCopy };

function beginningOf(
  { sort, exercise }: NodeConfig,
  now: Clock,
): Pick<OpenLogOptions, 'exercise' | 'logId' | 'now'> {
  if (sort === 'real') return { exercise: false, now };
  const { startMs, logId } = exerciseBeginning(exercise, now());
  return { exercise: true, now: () => startMs, ...(logId === undefined ? {} : { logId }) };
}

type Opened = Pick<OpenedParts, 'eventLog' | 'settle' | 'close'>;

async function openHere(options: OpenLogOptions): Promise<Opened> {
  const eventLog = await openLog(options);
  return { eventLog, settle: () => eventLog.settle(), close: () => eventLog.close() };
}

/**
 * The client of the store is loaded only where there is one: a quarter of a second, 76 MB. The store has
 * room of its own; without any here the copy stands still, which the log says once it meets it.
 */
async function openInStore(options: OpenEventStoreDbOptions, reserve: Reserve): Promise<Opened> {
  const { openEventStoreDbLog } = await import('./event-log/open-eventstoredb-log.ts');
  const eventLog = await openEventStoreDbLog({ ...options, carry: carryCopy, reserve });
  return { eventLog, settle: () => void reserve.fill(), close: () => eventLog.close() };
}
