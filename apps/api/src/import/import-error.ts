import type { ProblemCode } from '../contract/problem.ts';

/**
 * What ends an import as a whole. A single row that cannot be read is a `RowRefused` instead: it is
 * told with its line and column, and the import goes on.
 */
export type ImportErrorCode =
  | 'not_utf8'
  | 'no_header'
  | 'column_twice'
  | 'malformed_csv'
  | 'too_many_rows'
  | 'unknown_layout'
  | 'bad_mapping'
  | 'exercise_log';

export class ImportError extends Error {
  readonly code: ImportErrorCode;
  readonly line: number | undefined;

  constructor(code: ImportErrorCode, message: string, line?: number) {
    super(message);
    this.name = 'ImportError';
    this.code = code;
    this.line = line;
  }
}

/** A running node refused the table as a whole: its own code, and a reason for each fault it named. */
export class ImportDeclined extends Error {
  readonly code: ProblemCode;
  readonly reasons: readonly string[];

  constructor(code: ProblemCode, reasons: readonly string[], message: string) {
    super(message);
    this.name = 'ImportDeclined';
    this.code = code;
    this.reasons = reasons;
  }
}

export class RowRefused extends Error {
  readonly column: string | undefined;
  readonly reason: string;

  constructor(column: string | undefined, reason: string, message: string) {
    super(message);
    this.name = 'RowRefused';
    this.column = column;
    this.reason = reason;
  }
}
