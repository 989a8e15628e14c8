import type { DatabaseSync } from 'node:sqlite';
import { fieldDifferences } from '@ceasewatch/domain/difference/field-differences';
import { ceasefireVersions, type VersionOfThing } from '../ceasefire/ceasefire.queries.ts';
import type { CentreDifference, DifferenceAnswer } from '../contract/difference.ts';
import { eventsAfter } from '../read-model/event-table.ts';
import { checkedRow, storedJson } from '../read-model/row-sum.ts';

/** What the events in (from, to] changed at the centre and of the ceasefire, in log order. */
export function centreChanges(
  db: DatabaseSync,
  from: number,
  to: number,
): DifferenceAnswer['centre'] {
  const versions = [...centreVersions(db, from, to), ...ceasefireVersions(db, from, to)];
  const things = Map.groupBy(versions, ({ thing, id }) => `${thing} ${id}`);
  const changed = [...things.values()]
    .filter((all) => all.some(({ fromSeq }) => fromSeq > from))
    .toSorted((one, other) => lastOf(one).fromSeq - lastOf(other).fromSeq);
  const items = changed.slice(0, MOST).map((all) => differenceOf(db, all, from));
  return { items, matching: changed.length };
}

const MOST = 200;

/** Rows that were in force at some moment of [from, to]. */
function centreVersions(db: DatabaseSync, from: number, to: number): readonly VersionOfThing[] {
  return db
    .prepare(
      `SELECT * FROM centre_version
        WHERE from_seq <= ? AND to_seq > ? ORDER BY from_seq`,
    )
    .all(to, from)
    .map((row) => checkedRow(row, 'a thing of the centre'))
    .map((row) => ({
      thing: thingOf(row['thing']),
      id: String(row['id']),
      fromSeq: Number(row['from_seq']),
      toSeq: Number(row['to_seq']),
      content: contentOf(
        storedJson(row['content'], `${String(row['thing'])} ${String(row['id'])}`),
      ),
    }));
}

/** The projection writes these words and no others. */
function thingOf(thing: unknown): CentreDifference['thing'] {
  return String(thing) as CentreDifference['thing'];
}

/** An area is the list of its definitions. */
function contentOf(content: object): object {
  return Array.isArray(content) ? { definitions: content } : content;
}

function differenceOf(
  db: DatabaseSync,
  all: readonly VersionOfThing[],
  from: number,
): CentreDifference {
  const before = all.find(({ fromSeq }) => fromSeq <= from);
  const { thing, id, fromSeq, content } = lastOf(all);
  const [event] = eventsAfter(db, fromSeq - 1, 1, fromSeq);
  if (event === undefined) throw new RangeError(`event ${fromSeq} is not in the table of events`);
  const { seq, type, time } = event;
  return {
    thing,
    id,
    change: before === undefined ? 'added' : 'changed',
    before: before?.content ?? null,
    after: content,
    fields: before === undefined ? [] : fieldDifferences(before.content, content),
    event: { seq, type, time },
    eventsInAll: all.filter((each) => each.fromSeq > from).length,
  };
}

/** Versions come in the order in which they began. */
function lastOf(all: readonly VersionOfThing[]): VersionOfThing {
  const last = all.at(-1);
  if (last === undefined) throw new RangeError('a thing has a version');
  return last;
}
