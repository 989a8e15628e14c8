import type { Count } from '../measure/count.ts';
import { isKnown } from '../measure/count-words.ts';
import type { ObservationContent } from '../observation/observation.events.ts';

export type PersonsTold = Pick<ObservationContent, 'kind' | 'count' | 'casualties'>;

const NOT_KNOWN: Count = { unknown: 'not_known' };

/**
 * The persons that a report tells of as killed, injured or missing, civilian and military alike; none
 * where it tells of no casualties. A report of the kind `casualty` tells of some even where it does not
 * say whom: then its own count is theirs, and where that counts no persons their number is not known.
 */
export function personsHarmed({ kind, count, casualties = [] }: PersonsTold): readonly Count[] {
  if (casualties.length > 0) return casualties.map((each) => each.count);
  if (kind !== 'casualty') return [];
  const ofPersons = count !== undefined && (!isKnown(count) || count.unit === 'person');
  return [ofPersons ? count : NOT_KNOWN];
}
