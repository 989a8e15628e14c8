import type { VerifiedLog } from '@ceasewatch/auditor/verify-log';
import type { ReadModelComparison } from '../contract/verification.ts';

/** What the thread that verifies is told, and what it tells. */
export interface VerificationTask {
  readonly folder: string;
  readonly from: number;
  /** `NUMBER:CHAIN`. */
  readonly expected?: string;
}

export type VerificationMessage =
  | { readonly phase: 'log' | 'read_model'; readonly reached: number }
  | {
      readonly verified: VerifiedLog;
      /** Undefined where there is nothing to compare. */
      readonly readModel?: ReadModelComparison | undefined;
      /** Why the rows were not compared, though there is something. */
      readonly notCompared?: string | undefined;
    };
