import { randomBytes } from 'node:crypto';
import type { Envelope } from '@ceasewatch/domain/recorded-event';
import { isEventId } from '@ceasewatch/tlog/event-id';
import type { EventToAppend, LogHead } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { sealEvent } from './seal-event.ts';

/** Event 0: which log it is, and whether it is an exercise for ever. */
export function firstEvent(logId: string, exercise: boolean, ms: number): EventToAppend {
  if (!isEventId(logId)) throw new EventLogError('foreign_log', `${logId} is no id of a log`);
  return sealFirst({
    specversion: '1.0',
    id: logId,
    source: `urn:ceasewatch:${logId}`,
    type: 'log.opened.v1',
    subject: `log/${logId}`,
    revision: 0,
    time: new Date(ms).toISOString(),
    role: 'system',
    authn: 'system',
    data: { logId, exercise, leafRule: 1 },
  });
}

export function sealFirst(envelope: Envelope): EventToAppend {
  return sealEvent(envelope, undefined, () => randomBytes(32));
}

/** What a node was told about the log that it opens. */
export interface WantedLog {
  readonly folder: string;
  /** Absent: either. */
  readonly exercise?: boolean;
  readonly logId?: string;
}

/** @throws EventLogError wrong_sort, foreign_log */
export function checkIdentity(
  { folder, exercise: wantsExercise, logId: wantedId }: WantedLog,
  { logId, exercise }: Pick<LogHead, 'logId' | 'exercise'>,
): void {
  if (wantsExercise !== undefined && exercise !== wantsExercise) {
    const found = exercise ? 'an exercise' : 'a real log';
    const wanted = wantsExercise ? 'an exercise' : 'a real log';
    throw new EventLogError(
      'wrong_sort',
      `${folder} holds ${found} and was opened as ${wanted}: the two are never mixed, choose another folder`,
      { folder },
    );
  }
  if (wantedId === undefined || wantedId === logId) return;
  throw new EventLogError('foreign_log', `${folder} holds the log ${logId}, not ${wantedId}`, {
    folder,
  });
}
