import { useSyncExternalStore } from 'react';
import type { ApiProblem } from '../../../api/api-problem.ts';
import type { LiveFeed } from '../../../live/live-feed.ts';
import { nextTry } from '../../../live/next-try.ts';
import { pauseMs, type Sent, sendReport } from '../report/send-report.ts';
import { uuidV7 } from '../report/uuid-v7.ts';

/**
 * Retractions and reinstatements that this tab has sent and that have no answer yet, one for each
 * observation. The same body goes out again under the same id until there is one, also when the dialog
 * is closed or the screen left: whether it was recorded is never left to the officer to find out.
 */
export type Step = 'retraction' | 'reinstatement';

export interface StepUnderWay {
  readonly step: Step;
  readonly attempt: number;
  /** Why it goes out again; null at the first attempt. */
  readonly problem: ApiProblem | null;
  tryNow(): void;
}

const underWay = new Map<string, StepUnderWay>();
const listeners = new Set<() => void>();

/**
 * Sends a step of an observation until it is answered.
 *
 * @param feed tells when the centre is back: then it goes out at once
 * @param facts the body without its id, which is drawn here, once
 * @param revision the stream's revision that the officer looked at
 * @throws ApiProblem for a definite no: nothing was recorded
 */
export async function sendStep(
  feed: Pick<LiveFeed, 'current' | 'watch'>,
  observation: string,
  step: Step,
  facts: object,
  revision: number,
): Promise<Sent> {
  const path = `/api/observations/${observation}/${step}`;
  tell(observation, { step, attempt: 1, problem: null, tryNow: () => undefined });
  try {
    return await sendReport(
      { path, body: { id: uuidV7(), ...facts }, revision },
      (attempt, problem) => {
        const { due, now: tryNow } = nextTry(feed, pauseMs(attempt));
        tell(observation, { step, attempt: attempt + 1, problem, tryNow });
        return due;
      },
    );
  } finally {
    tell(observation, null);
  }
}

/** What is under way for an observation; while it is, no other step may be sent. */
export function useStepUnderWay(observation: string): StepUnderWay | null {
  return useSyncExternalStore(
    subscribe,
    () => underWay.get(observation) ?? null,
    () => null,
  );
}

function tell(observation: string, now: StepUnderWay | null): void {
  if (now === null) underWay.delete(observation);
  else underWay.set(observation, now);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
