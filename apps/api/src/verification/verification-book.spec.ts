import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { VerificationAnswer } from '../contract/verification.ts';
import { VerificationBook } from './verification-book.ts';

describe('the book of verifications', () => {
  let folder: string;
  let book: VerificationBook;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-book-'));
    book = new VerificationBook(folder);
  });
  afterEach(() => {
    book.close();
    rmSync(folder, { recursive: true });
  });

  it('is looked into without a file being made, as on a full disk', () => {
    expect([book.last(9), book.find('one')]).toEqual([[], undefined]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('has nothing where a full disk let a file begin and no more', () => {
    writeFileSync(join(folder, 'verifications.sqlite'), '');
    expect([book.last(9), book.find('one')]).toEqual([[], undefined]);
  });

  it('has what was kept, the newest first, also for whoever opens it later', () => {
    for (const id of ['one', 'two', 'three']) book.keep({ ...ENDED, id });
    const later = new VerificationBook(folder);
    expect(later.last(2).map(({ id }) => id)).toEqual(['three', 'two']);
    expect(later.find('one')).toEqual({ ...ENDED, id: 'one' });
    later.close();
  });
});

const ENDED: VerificationAnswer = {
  id: '',
  state: 'sound',
  startedAt: '2026-11-22T12:00:00.000Z',
  endedAt: '2026-11-22T12:00:01.000Z',
  officer: null,
  log: '',
  from: 0,
  reached: 9,
  last: 9,
  phase: 'read_model',
  head: null,
  expected: null,
  flaws: { count: 0, first: [] },
  steppedBack: { events: 0, mostMs: 0 },
  disclosures: { shown: 0, withheld: 0, erased: 0 },
  readModel: null,
  failure: null,
};
