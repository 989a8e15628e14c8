import { Refusal } from '@ceasewatch/domain/refusal';
import { ApiProblem } from '../api/api-problem.ts';
import { refusalText } from '../format/codes.ts';
import type { Words } from '../format/words.ts';

/**
 * Why a moment could not be looked at: what was typed is no number and no time, the centre refuses it
 * (it has not come yet), or did not answer. Whatever else went wrong is a fault of ours and is thrown on.
 */
export function asOfFault(error: unknown, zone: string, words: Words): string {
  if (error instanceof Refusal) return words('past.invalid');
  const refused = error instanceof ApiProblem ? (error.problem?.errors ?? []) : [];
  if (refused.length > 0) return refused.map((each) => refusalText(each, zone, words)).join(' ');
  if (error instanceof ApiProblem) return words(`problem.${error.code}`);
  throw error;
}
