import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Annotation, CeasefireView } from '../contract/centre.ts';
import type { CentreDifference } from '../contract/difference.ts';
import { checkedRow, storedJson } from '../read-model/row-sum.ts';
import type { CeasefireThing } from './ceasefire.projection.ts';

/** A version row of something: in force while `fromSeq <= asOf < toSeq`. */
export interface VersionOfThing {
  readonly thing: CentreDifference['thing'];
  readonly id: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  readonly content: object;
}

/** The ceasefire as of an event: the one declared last, ended if its end had happened. */
export function ceasefireAsOf(
  db: DatabaseSync,
  asOf: number,
  happened: (at: string) => boolean,
): CeasefireView | null {
  const thing = thingsAsOf(db, asOf).at(-1);
  if (thing === undefined) return null;
  const { name, parties, signedAt, inForceAt, publishedAt, zone, sources } = thing.data;
  return {
    name,
    parties,
    signedAt: signedAt ?? null,
    inForceAt,
    publishedAt: publishedAt ?? null,
    endedAt: thing.ended !== null && happened(thing.ended.at) ? thing.ended.at : null,
    zone,
    sources: sources.map(({ title, date }) => ({ title, date: date ?? null })),
  };
}

/** Signed, in force, ended: what the charts draw as lines. */
export function ceasefireAnnotations(db: DatabaseSync, asOf: number): readonly Annotation[] {
  return thingsAsOf(db, asOf).flatMap(({ data, declaredSeq, ended }) => {
    const label = data.name['en'] ?? '';
    const line = (seq: number, at: string, type: string): Annotation => ({
      seq,
      at,
      to: null,
      type,
      label,
    });
    return [
      ...(data.signedAt === undefined
        ? []
        : [line(declaredSeq, data.signedAt, 'ceasefire.signed')]),
      line(declaredSeq, data.inForceAt, 'ceasefire.in_force'),
      ...(ended === null ? [] : [line(ended.seq, ended.at, 'ceasefire.ended')]),
    ];
  });
}

function thingsAsOf(db: DatabaseSync, asOf: number): readonly CeasefireThing[] {
  return db
    .prepare('SELECT * FROM ceasefire_version WHERE from_seq <= ? AND to_seq > ? ORDER BY from_seq')
    .all(asOf, asOf)
    .map(thingOf);
}

function thingOf(row: Readonly<Record<string, SQLOutputValue>>): CeasefireThing {
  const { id, content } = checkedRow(row, 'a ceasefire');
  return storedJson(content, String(id));
}

/** Ceasefires declared or ended by the events in (from, to], as they stood before and after. */
export function ceasefireVersions(
  db: DatabaseSync,
  from: number,
  to: number,
): readonly VersionOfThing[] {
  return db
    .prepare(
      `SELECT * FROM ceasefire_version
        WHERE from_seq <= ? AND to_seq > ? ORDER BY from_seq`,
    )
    .all(to, from)
    .map((row) => {
      const { data, ended } = thingOf(row);
      return {
        thing: 'ceasefire',
        id: String(row['id']).slice('ceasefire/'.length),
        fromSeq: Number(row['from_seq']),
        toSeq: Number(row['to_seq']),
        content: { ...data, endedAt: ended?.at ?? null },
      };
    });
}
