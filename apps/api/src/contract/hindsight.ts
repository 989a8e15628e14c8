import type { Hindsight } from '@ceasewatch/domain/hindsight/hindsight';
import type { MayBeStale } from './answer.ts';

/** `GET /api/hindsight`: what was known at the time of each hour or day, against what is known now. */
export interface HindsightAnswer extends Hindsight, MayBeStale {
  /** Present with `q`: whether narrative was searched too, which the viewer decides. */
  readonly narrativeSearched?: boolean;
}
