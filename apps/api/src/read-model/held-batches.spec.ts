import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { DatabaseSync } from 'node:sqlite';
import { testEvent, testId } from '../event-log/testing/events.ts';
import { PROJECTIONS } from '../projections.ts';
import { BatchApplier } from './batch-applier.ts';
import type { ProjectedEvent } from './projection.ts';
import { createIndexes, createTables, positionIn } from './read-model-file.ts';

const LOG = testId(0);

/** What a rebuild applies in one transaction is there as a whole or not at all. */
let db: DatabaseSync;
let applier: BatchApplier;

beforeEach(() => {
  db = new DatabaseSync(':memory:');
  createTables(db, PROJECTIONS, LOG);
  applier = new BatchApplier(db, PROJECTIONS, 'bulk', -1);
});
afterEach(() => db.close());

test('batches that are held are committed together when they are let go', () => {
  applier.hold();
  applier.apply(events(0, 3));
  applier.apply(events(3, 5));
  expect(applier.position).toBe(4);
  expect(db.isTransaction).toBe(true);
  applier.release();
  expect(db.isTransaction).toBe(false);
  createIndexes(db, PROJECTIONS);
  expect(positionIn(db, LOG)).toBe(4);
  expect(eventCount()).toBe(5);
});

test('a batch that fails takes those with it that were held before, and what was committed stays', () => {
  applier.apply(events(0, 2));
  applier.hold();
  applier.apply(events(2, 5));
  expect(() => applier.apply(events(6, 8))).toThrow(RangeError);
  expect(applier.position).toBe(1);
  expect(db.isTransaction).toBe(false);
  expect(positionIn(db, LOG)).toBe(1);
  expect(eventCount()).toBe(2);
});

test('after that the next batch is committed by itself', () => {
  applier.hold();
  expect(() => applier.apply(events(1, 2))).toThrow(RangeError);
  applier.apply(events(0, 4));
  expect(db.isTransaction).toBe(false);
  expect(positionIn(db, LOG)).toBe(3);
});

function eventCount(): unknown {
  return db.prepare('SELECT count(*) AS n FROM event').get()?.['n'];
}

function events(from: number, to: number): readonly ProjectedEvent[] {
  return Array.from({ length: to - from }, (_, at) => eventAt(from + at));
}

/** Of a noun that no projection makes rows of: the table of events has it. */
function eventAt(seq: number): ProjectedEvent {
  const { envelope } = testEvent({ stream: seq, type: 'log.opened.v1' });
  return { seq, envelope: { ...envelope, subject: `log/${testId(seq)}` }, disclosed: {} };
}
