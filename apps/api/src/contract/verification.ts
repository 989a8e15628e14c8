/** `POST /api/verifications` begins one, or finds the one that runs; `GET` tells of it and of those before. */
export interface VerificationAnswer {
  /** UUIDv7. */
  readonly id: string;
  readonly state: 'running' | 'sound' | 'flawed' | 'failed';
  readonly startedAt: string;
  /** `null` while it runs. */
  readonly endedAt: string | null;
  /** Who asked for it. */
  readonly officer: string | null;
  /** Id of the log. */
  readonly log: string;
  /** The first event that is verified; those before it are only read for their history. */
  readonly from: number;
  /** Number of the last event that was verified so far, -1 before the first. */
  readonly reached: number;
  /** Number of the last event when it began: the end of a bar. */
  readonly last: number;
  /** First the events, then the rows that follow from them. */
  readonly phase: 'log' | 'read_model';
  /** `NUMBER:CHAIN`, the chain in base64: what an auditor signs and gives with `--expect`. */
  readonly head: string | null;
  /** The head that it was held against, as it was given. */
  readonly expected: string | null;
  readonly flaws: {
    readonly count: number;
    /** Twenty at most, by number. */
    readonly first: readonly VerificationFlaw[];
  };
  /** Events told earlier than one before them in another stream, and by how much: the nodes' clocks. */
  readonly steppedBack: { readonly events: number; readonly mostMs: number };
  readonly disclosures: {
    readonly shown: number;
    readonly withheld: number;
    readonly erased: number;
  };
  /** `null` until they were compared, and where there is nothing to compare. */
  readonly readModel: ReadModelComparison | null;
  /** One clause, where it could not be carried out. */
  readonly failure: string | null;
}

export interface VerificationFlaw {
  readonly seq: number;
  /** One of the kinds of docs/verification.md. */
  readonly kind: string;
  /** One clause for people, in English. */
  readonly message: string;
}

/** This node's rows beside those that a rebuild from the log makes. */
export interface ReadModelComparison {
  /** The last event that is in them. */
  readonly position: number;
  readonly rows: number;
  readonly differences: number;
  readonly first: readonly RowDifference[];
}

export interface RowDifference {
  readonly table: string;
  /** Its key: `from_seq 12`. */
  readonly row: string;
  readonly how: 'missing' | 'surplus' | 'altered' | 'structure';
}

/** `GET /api/verifications`: newest first. */
export interface VerificationsAnswer {
  readonly items: readonly VerificationAnswer[];
}
