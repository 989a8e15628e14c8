import type { LogEntryDetail } from '@ceasewatch/api/contract/log';
import type { Receipt, UnnumberedReceipt } from '@ceasewatch/api/contract/observation';
import { ApiProblem } from '../../../api/api-problem.ts';
import { getJson, postJson } from '../../../api/fetch-json.ts';
import { groupsOfFour } from '../log/hash-groups.ts';

/**
 * Sending one report until there is an answer. Without one, the same body goes out again under the
 * same id: the node recognises it, so a report is never lost and never there twice.
 */
export interface SentReport {
  readonly path: string;
  /** As it goes out, its id within. */
  readonly body: { readonly id: string };
  /** Revision that was looked at, for what follows a first report. */
  readonly revision?: number;
}

export interface Sent {
  readonly receipt: Receipt;
  readonly replayed: boolean;
}

/** @throws ApiProblem for an answer that another attempt would not change */
export async function sendReport(
  { path, body, revision }: SentReport,
  again: Again,
): Promise<Sent> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const { answer, replayed } = await postJson<Receipt | UnnumberedReceipt>(
        path,
        body,
        revision,
      );
      if (answer.number !== null) return { receipt: answer, replayed };
      // Recorded, and not yet shown by the node that was asked: the same again has the number.
      throw new ApiProblem('outcome_unknown', 202, 'not yet numbered', null);
    } catch (error) {
      if (!(error instanceof ApiProblem) || !isOpen(error)) throw error;
      await again(attempt, error);
    }
  }
}

/** Called before each further attempt; resolves when it is time, rejects to give up for now. */
export type Again = (attempt: number, problem: ApiProblem) => Promise<void>;

/** Whether it may have been recorded, or may be in a moment: the sender goes on asking. */
export function isOpen({ code, status }: ApiProblem): boolean {
  return (
    code === 'network' ||
    code === 'outcome_unknown' ||
    code === 'store_unavailable' ||
    status === 429 ||
    status >= 502
  );
}

/** Seconds to wait before the next attempt: 1, 2, 4, 8, then every 15. */
export function pauseMs(attempt: number): number {
  return Math.min(15_000, 1000 * 2 ** (attempt - 1));
}

/** The leaf hash of the receipt's event in groups of four, to be compared by voice or on paper. */
export async function leafHashOf(seq: number): Promise<string> {
  const { leafHash } = await getJson<LogEntryDetail>(`/api/events/${seq}`);
  return groupsOfFour(leafHash);
}
