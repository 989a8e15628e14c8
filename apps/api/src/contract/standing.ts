import type { CountDetails } from '@ceasewatch/domain/situation/situation-columns';
import type { ReportingUnit } from '@ceasewatch/domain/situation/silent-units';
import type { Situation } from '@ceasewatch/domain/situation/situation';
import type { MayBeStale } from './answer.ts';

/**
 * `GET /api/situation/standing`: the figures of a moment and all that they are summed from, so that
 * whoever plays the log on from there needs nothing but its changes (`GET /api/changes`).
 */
export interface StandingAnswer extends MayBeStale {
  readonly situation: Situation;
  /** When the log had been written so far: what `asOf` an event stands for; null before event 0. */
  readonly reached: string | null;
  /** Fire items in force from the one that began last before the windows' end on, which is among them. */
  readonly fireItems: readonly StandingFireItem[];
  /** Every unit that reports by itself, also what is closed or not yet open. */
  readonly units: readonly StandingUnit[];
  /** Null where they are more than 100,000: then the node is asked for each state. */
  readonly versions: EncodedVersions | null;
}

interface StandingUnit extends ReportingUnit {
  /** As of the event itself; `lastReport` is of the windows' end, up to a minute before it. */
  readonly newestReport: string | null;
}

export interface StandingFireItem {
  readonly id: string;
  readonly number: number;
  readonly at: string;
  readonly fromSeq: number;
}

/** `StandingVersions` of the domain: each column its bytes, little end first, in base64url. */
export interface EncodedVersions {
  readonly from: string;
  readonly minute: string;
  readonly packed: string;
  readonly sector: string;
  readonly count: string;
  readonly countCode: string;
  readonly sectors: readonly (string | null)[];
  readonly details: readonly CountDetails[];
}
