import type { Warning } from '@ceasewatch/domain/refusal';
import type { Words } from '../../../format/words.ts';

const KNOWN = [
  'old',
  'in_the_future',
  'offset_not_known',
  'unit_not_open',
  'null_island',
  'axes_swapped',
  'outside_mission_area',
] as const;

/** A warning in the reader's words; those that carry figures of their own speak for themselves. */
export function warningText({ code, message }: Warning, words: Words): string {
  const known = KNOWN.find((each) => each === code);
  return known === undefined ? message : words(`report.warning.${known}`);
}
