import { instantOf, minuteOf } from '@ceasewatch/domain/situation/situation-plan';
import { ReadModelError } from '../read-model/read-model-error.ts';

/**
 * Where a list of changed observations goes on: the same two moments and windows, after the same event,
 * whatever is recorded and however late it gets meanwhile.
 */
export interface DifferenceCursor {
  readonly from: number;
  readonly to: number;
  /** End of every window, and the beginning of the window `all`. */
  readonly at: string;
  readonly beginning: string | undefined;
  readonly after: number;
}

export function writeCursor({ from, to, at, beginning, after }: DifferenceCursor): string {
  const windows = [at, ...(beginning === undefined ? [] : [beginning])].map(minuteOf);
  return Buffer.from(['d', from, to, after, ...windows].join(' ')).toString('base64url');
}

/** @throws ReadModelError cursor_invalid: it was not made by this list, or tells of later events than are known */
export function readCursor(text: string, head: number): DifferenceCursor {
  const match = /^d (-1|\d{1,15}) (-1|\d{1,15}) (\d{1,15}) (-?\d{1,9})(?: (-?\d{1,9}))?$/.exec(
    Buffer.from(text, 'base64url').toString(),
  );
  const [, from, to, after, at, beginning] = match ?? [];
  if (at === undefined || Number(from) > Number(to) || Number(to) > head) {
    throw new ReadModelError('cursor_invalid', 'The cursor was not made by this list.');
  }
  return {
    from: Number(from),
    to: Number(to),
    after: Number(after),
    at: instantOf(Number(at)),
    beginning: beginning === undefined ? undefined : instantOf(Number(beginning)),
  };
}
