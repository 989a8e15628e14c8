import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import type { Warning } from '@ceasewatch/domain/refusal';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { MayBeStale, Page } from './answer.ts';

/**
 * `POST /api/observations` and its corrections: 201, or 200 with `Idempotent-Replay: true`. Also
 * 202, `UnnumberedReceipt`: recorded, and not yet shown by this node.
 */
export interface Receipt {
  readonly id: string;
  /** The observation's short number, said over the radio. */
  readonly number: number;
  readonly stream: string;
  readonly version: number;
  readonly revision: number;
  readonly seq: number;
  readonly recordedAt: string;
  readonly warnings: readonly ToldWarning[];
}

/**
 * It will have its numbers in a moment: ask at `Location`, or send the same again. `seq` is known where the
 * log is the node's own, and its rows could not be written yet.
 */
export type UnnumberedReceipt = Omit<Receipt, 'number' | 'seq'> & {
  readonly number: null;
  readonly seq: number | null;
};

/** Something unusual: its code, its figures by name (`params`, with their units), and the English of it. */
export type ToldWarning = Warning & { readonly message: string };

/** `GET /api/observations`. */
export interface ObservationPage extends Page<ObservationRow> {
  /** How many pass the filter in all. */
  readonly matching: number;
  /** Present with `q`: whether narrative was searched too, which the viewer decides. */
  readonly narrativeSearched?: boolean;
}

export interface ObservationVersion {
  readonly row: ObservationRow;
  readonly eventId: string;
  readonly eventType: string;
  readonly eventSeq: number;
  readonly narrative: Disclosed | null;
  readonly asEntered: Disclosed | null;
  readonly explanation: Disclosed | null;
}

/** `GET /api/observations/:id`: oldest version first; retraction and reinstatement are versions of status. */
export interface ObservationDetail extends MayBeStale {
  readonly asOf: number;
  readonly id: string;
  readonly number: number;
  readonly versions: readonly ObservationVersion[];
}
