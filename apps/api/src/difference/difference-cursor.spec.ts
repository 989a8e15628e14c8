import { describe, expect, test } from '@jest/globals';
import { type DifferenceCursor, readCursor, writeCursor } from './difference-cursor.ts';

const CURSOR: DifferenceCursor = {
  from: -1,
  to: 4_000,
  after: 1_234,
  at: '2026-11-22T12:00:00.000Z',
  beginning: undefined,
};

describe('the cursor of changed observations', () => {
  test.each([CURSOR, { ...CURSOR, from: 7, beginning: '1969-12-31T00:00:00.000Z' }])(
    'is read as it was written',
    (cursor) => {
      expect(readCursor(writeCursor(cursor), 4_000)).toEqual(cursor);
    },
  );

  test.each([
    ['of a later log', writeCursor(CURSOR), 3_999],
    ['that goes backwards', writeCursor({ ...CURSOR, from: 5_000 }), 9_000],
    ['of another list', Buffer.from('r 1 2 3').toString('base64url'), 9_000],
    ['that is none', 'nonsense', 9_000],
  ])('%s is refused', (_, text, head) => {
    expect(() => readCursor(text, head)).toThrow(
      expect.objectContaining({ code: 'cursor_invalid' }),
    );
  });
});
