/** `POST /api/imports`: one NDJSON line a row, then the summary. */
export type ImportLine =
  | {
      readonly row: number;
      readonly line: number;
      readonly result: 'recorded' | 'corrected' | 'already_there' | 'refused';
      readonly id?: string;
      readonly seq?: number;
      readonly column?: string;
      readonly reason?: string;
      readonly message?: string;
    }
  | { readonly summary: ImportSummary }
  /**
   * The file could not be read further, or the log not be written (`store_unavailable`,
   * `outcome_unknown`, `storage_full`); the rows told before are in the log.
   */
  | {
      readonly stopped: { readonly code: string; readonly message: string; readonly line?: number };
    };

export interface ImportSummary {
  readonly layout: string;
  readonly dryRun: boolean;
  readonly read: number;
  readonly recorded: number;
  readonly corrected: number;
  readonly alreadyThere: number;
  readonly refused: number;
}
