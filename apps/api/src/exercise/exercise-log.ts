import { DAY_MS } from '@ceasewatch/domain/measure/instant';
import { offsetMinutes } from '@ceasewatch/domain/measure/zone';
import { EXERCISE_ZONE } from '@ceasewatch/domain/testing/exercise-centre';
import { seededBytes, seededId } from '@ceasewatch/domain/testing/random';
import { type Story, STORY_DAYS } from '@ceasewatch/domain/testing/story';
import type { EventLog } from '../event-log/event-log.ts';

/**
 * What makes a log an exercise's: it begins fourteen weeks ago at a local midnight, and everything
 * that is drawn in it (ids, secrets, the story) follows from its own id and its first event. So the
 * same seed, start and clock give the same leaves, and a restart needs to remember nothing.
 */
export interface ExerciseSettings {
  /** Absent: another exercise every time. */
  readonly seed?: string;
  /** RFC 3339; absent: fourteen weeks ago. */
  readonly start?: string;
}

/** What a new exercise log is opened with; `logId` only when a seed was named. */
export function exerciseBeginning(
  { seed, start }: ExerciseSettings,
  nowMs: number,
): { readonly startMs: number; readonly logId?: string } {
  const startMs =
    start === undefined ? midnightBefore(nowMs - STORY_DAYS * DAY_MS) : Date.parse(start);
  if (seed === undefined) return { startMs };
  // Not from the start: the same seed names the same log tomorrow, when the default start is another.
  return { startMs, logId: seededId(0x019aa9c00000, `log/${seed}/${start ?? ''}`) };
}

/** The story that an exercise log tells, found in the log itself. */
export async function storyOf(log: EventLog): Promise<Story> {
  const { events } = await log.page(-1, 1);
  const [opened] = events;
  if (opened === undefined) throw new RangeError('an open log has its first event');
  return { seed: log.head().logId, startMs: Date.parse(opened.envelope.time) };
}

/** Secrets of an exercise, which are none: they only have to be the same again. */
export function exerciseSecrets(logId: string): (eventId: string) => Uint8Array {
  return (eventId) => seededBytes(`${logId}/${eventId}`);
}

function midnightBefore(ms: number): number {
  const offsetMs = offsetMinutes(EXERCISE_ZONE, ms) * 60_000;
  return Math.floor((ms + offsetMs) / DAY_MS) * DAY_MS - offsetMs;
}
