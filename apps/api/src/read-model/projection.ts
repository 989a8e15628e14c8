import type { DatabaseSync } from 'node:sqlite';
import type { Disclosed, RecordedEvent } from '@ceasewatch/domain/recorded-event';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ToldText } from '@ceasewatch/domain/situation/told-text';
import type { VersionParts } from '@ceasewatch/domain/situation/situation-columns';

/**
 * What a slice gives to the projector: its tables and a reducer that writes to them and to nothing
 * else. It runs inside the transaction that also moves the position, on the main thread when live and
 * in a worker when everything is built anew, and must write the same rows whatever the batches were.
 */
export interface Projection {
  readonly name: string;
  /** Raise it when the reducer changes what it writes: every node then builds its read model anew. */
  readonly version: number;
  /** `CREATE TABLE …`; part of the file's name through its hash. */
  readonly tables: string;
  /** `CREATE INDEX …`; made at the end of a rebuild, which is cheaper than keeping them along the way. */
  readonly indexes: string;
  /** Prepares the statements; called again for every connection and after every rollback. */
  open(db: DatabaseSync, mode: Mode): Reducer;
  /** What `apply` returned for the events in (after, upTo], read back from the rows. */
  changed?(
    db: DatabaseSync,
    after: number,
    upTo: number,
  ): Iterable<readonly [seq: number, changed: Changed]>;
  /** The rows that lists and sums over everything are made of, in log order; the caller holds the transaction. */
  columns?(db: DatabaseSync): Iterable<VersionParts>;
  /** The texts by whose words those rows are found. */
  readonly texts?: Texts;
}

export interface Texts {
  /** What the events from one to another, both included, said: the first `limit` of them; all for -1. */
  between(db: DatabaseSync, first: number, last: number, limit: number): Iterable<ToldText>;
  /** The events that said something of a subject. */
  of(db: DatabaseSync, subject: string): readonly number[];
}

/**
 * `bulk` in a rebuild: what `indexes` will make at the end need not be kept along the way, and nobody is
 * told what was before.
 */
export type Mode = 'live' | 'bulk';

export interface Reducer {
  /** Writes what the event changes and, where it concerns an observation, says which rows that was. */
  apply(event: ProjectedEvent): Changed | undefined;
}

export interface Changed {
  readonly before: ObservationRow | null;
  readonly after: ObservationRow | null;
}

/** An event as projections see it; where the log knows the digest of a disclosure it is told too. */
export interface ProjectedEvent extends RecordedEvent {
  readonly disclosed: Readonly<Record<string, Disclosed & { readonly digest?: string }>>;
}

/** `to_seq` of a row that is still in force. */
export const STILL = Number.MAX_SAFE_INTEGER;

export const UNCHANGED: Changed = { before: null, after: null };
