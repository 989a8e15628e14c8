import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import { checkedRow, storedJson } from '../read-model/row-sum.ts';
import type { Things } from './centre.projection.ts';

/** A thing of the centre as of an event, with the event that first named it. */
export interface Row<Thing> {
  readonly id: string;
  readonly firstSeq: number;
  readonly content: Thing;
}

/** Things of one kind as of an event, in the order in which they were first named. */
export function thingsAsOf<Thing extends keyof Things>(
  db: DatabaseSync,
  thing: Thing,
  asOf: number,
): readonly Row<Things[Thing]>[] {
  return db
    .prepare(
      `SELECT * FROM centre_version
        WHERE thing = ? AND from_seq <= ? AND to_seq > ? ORDER BY first_seq, id`,
    )
    .all(thing, asOf, asOf)
    .map((row) => {
      const what = `${thing} ${String(row['id'])}`;
      const { id, first_seq: firstSeq, content } = checkedRow(row, what);
      return { id: String(id), firstSeq: Number(firstSeq), content: storedJson(content, what) };
    });
}

/** What officers were called as of an event. Names lie in the vault: an erased one is gone from past views too. */
export function officerNames(db: DatabaseSync, asOf: number): ReadonlyMap<string, Disclosed> {
  const rows = db
    .prepare(
      `SELECT * FROM centre_officer_name n WHERE from_seq =
        (SELECT max(from_seq) FROM centre_officer_name WHERE officer = n.officer AND from_seq <= ?)`,
    )
    .all(asOf);
  return new Map(
    rows
      .map(officerNameOf)
      .map(({ officer, state, value }) => [officer, disclosedOf(state, value)]),
  );
}

/** A row as it was written: with a digest that is another, nothing would be erased. @throws DamagedRow */
export function officerNameOf(row: Readonly<Record<string, SQLOutputValue>>) {
  const {
    officer,
    from_seq: fromSeq,
    digest,
    state,
    value,
  } = checkedRow(row, 'the name of an officer');
  return {
    officer: String(officer),
    fromSeq: Number(fromSeq),
    digest: digest === null ? null : String(digest),
    state,
    value,
  };
}

function disclosedOf(state: unknown, value: unknown): Disclosed {
  if (state === 'shown') return { state, value: String(value) };
  return { state: state === 'erased' ? 'erased' : 'withheld' };
}
