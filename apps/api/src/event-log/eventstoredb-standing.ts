import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Place } from './eventstoredb-messages.ts';

/**
 * How far a node has followed the store: one row, because every commit writes it, and a page for each
 * of several rows would be written every time as well.
 */
const TABLE = `
CREATE TABLE IF NOT EXISTS standing (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  followed TEXT NOT NULL, reached TEXT NOT NULL,
  event_id TEXT, event_at TEXT, latest_time TEXT
) STRICT;
`;

export interface Stand {
  /** Behind which record following goes on: before `reached` while entries of the vault wait in memory. */
  readonly followed: Place;
  /** The last record that was taken. */
  readonly reached: Place;
  /** Absent before event 0. */
  readonly numbered?: Numbered | undefined;
}

interface Numbered {
  /** The newest event that has a number, and where the store has to have it. */
  readonly id: string;
  readonly place: Place;
  /** Of all events: several nodes have a clock each, and the newest need not be the latest. */
  readonly latestTime: string;
}

export class Standing {
  readonly #write: StatementSync;
  #now: Stand | undefined;

  constructor(db: DatabaseSync) {
    db.exec(TABLE);
    this.#write = db.prepare('INSERT OR REPLACE INTO standing VALUES (1, ?, ?, ?, ?, ?)');
    this.#now = standOf(db.prepare('SELECT * FROM standing').get());
  }

  /** Undefined before the first record. */
  get now(): Stand | undefined {
    return this.#now;
  }

  /** Part of the transaction that takes the records. */
  becomes(stand: Stand): void {
    const { followed, reached, numbered } = stand;
    const at = numbered && textOf(numbered.place);
    const { id = null, latestTime = null } = numbered ?? {};
    this.#write.run(textOf(followed), textOf(reached), id, at ?? null, latestTime);
    this.#now = stand;
  }

  /** That transaction was rolled back. */
  isAgain(stand: Stand | undefined): void {
    this.#now = stand;
  }
}

function standOf(row: Record<string, unknown> | undefined): Stand | undefined {
  if (row === undefined) return undefined;
  const text = (column: string): string => String(row[column]);
  const isNumbered = row['event_id'] !== null;
  const numbered = isNumbered && {
    id: text('event_id'),
    place: placeOf(text('event_at')),
    latestTime: text('latest_time'),
  };
  return {
    followed: placeOf(text('followed')),
    reached: placeOf(text('reached')),
    ...(numbered === false ? {} : { numbered }),
  };
}

/** `commit/prepare`: both are wider than a number of JavaScript. */
function textOf({ commit, prepare }: Place): string {
  return `${commit}/${prepare}`;
}

function placeOf(text: string): Place {
  const [commit = '', prepare = ''] = text.split('/');
  return { commit: BigInt(commit), prepare: BigInt(prepare) };
}
