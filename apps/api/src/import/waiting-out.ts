import { setTimeout as pause } from 'node:timers/promises';
import { isEventLogError } from '../event-log/event-log-error.ts';

/** Where nobody says how long: a full queue is empty after two. */
const USUAL_PAUSE_MS = 1_000;

/**
 * Does what a full queue before the log refused again, as often as it takes: an import is in no hurry,
 * and everybody else's reports go first. An overload wrote nothing, so nothing is done twice.
 */
export async function waitingOutOverload<Done>(act: () => Promise<Done>): Promise<Done> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isEventLogError(error, 'overloaded')) throw error;
      await pause(error.facts.retryAfterMs ?? USUAL_PAUSE_MS);
    }
  }
}
