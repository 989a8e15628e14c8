import { Refusal } from '@ceasewatch/domain/refusal';
import { ApiProblem } from '../api/api-problem.ts';
import type { Words } from '../format/words.ts';

/**
 * Why a moment could not be looked at: what was typed is no number and no time, or the centre did not
 * answer. Whatever else went wrong is a fault of ours and is thrown on.
 */
export function asOfFault(error: unknown, words: Words): string {
  if (error instanceof Refusal) return words('past.invalid');
  if (error instanceof ApiProblem) return words(`problem.${error.code}`);
  throw error;
}
