/** Why a question cannot be answered from the read model; `problem.filter.ts` alone makes HTTP of it. */
export type ReadModelErrorCode =
  /** The read model is being built anew; ask again later. */
  | 'rebuilding'
  /** A projection threw: nothing is skipped, so nothing goes on. `cause` says what it was. */
  | 'projection_failed'
  /** There is no such thing as of that event. */
  | 'not_found'
  /** `asOf` is neither an event of this log nor an instant. */
  | 'as_of_unknown'
  /** The position is beyond the last event: of another log, or of one that has lost it. */
  | 'after_unknown'
  /** The cursor was not made by this list. */
  | 'cursor_invalid'
  /** Too many questions wait for a thread already. */
  | 'overloaded'
  /** The node is shutting down. */
  | 'stopped';

export class ReadModelError extends Error {
  readonly code: ReadModelErrorCode;

  constructor(code: ReadModelErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReadModelError';
    this.code = code;
  }
}

/** @param cause what a projection threw */
export function projectionFailed(cause: unknown): ReadModelError {
  const message = 'The read model has stopped: a projection failed.';
  return new ReadModelError('projection_failed', message, { cause });
}
