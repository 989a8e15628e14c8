import type { Situation } from '@ceasewatch/domain/situation/situation';
import type { MayBeStale } from './answer.ts';

/** `GET /api/situation`: the figures, and what cannot be undone by subtraction and is asked again. */
export interface SituationAnswer extends MayBeStale {
  readonly situation: Situation;
  readonly lastFireItem: {
    readonly id: string;
    readonly number: number;
    readonly at: string;
  } | null;
  readonly silentUnits: readonly { readonly unit: string; readonly lastReport: string | null }[];
}
