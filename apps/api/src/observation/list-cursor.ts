import { ReadModelError } from '../read-model/read-model-error.ts';

/**
 * Where a list goes on: after the row with this key, in a list of the same order and the same `asOf`,
 * so that pages neither overlap nor leave anything out, whatever is recorded meanwhile.
 */
export interface ListCursor {
  readonly order: 'recorded' | 'occurred';
  readonly asOf: number;
  readonly fromSeq: number;
  /** Milliseconds; 0 where the order does not need it. */
  readonly began: number;
}

export function writeCursor({ order, asOf, fromSeq, began }: ListCursor): string {
  const parts = [order === 'recorded' ? 'r' : 'o', asOf, fromSeq, began];
  return Buffer.from(parts.join(' ')).toString('base64url');
}

/** @throws ReadModelError cursor_invalid */
export function readCursor(text: string): ListCursor {
  const match = /^([ro]) (\d{1,15}) (\d{1,15}) (-?\d{1,15})$/.exec(
    Buffer.from(text, 'base64url').toString(),
  );
  if (match === null)
    throw new ReadModelError('cursor_invalid', 'The cursor was not made by this list.');
  return {
    order: match[1] === 'r' ? 'recorded' : 'occurred',
    asOf: Number(match[2]),
    fromSeq: Number(match[3]),
    began: Number(match[4]),
  };
}
