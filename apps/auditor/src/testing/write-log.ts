import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { streamOf } from '@ceasewatch/domain/recorded-event';
import { OBSERVED } from '@ceasewatch/domain/testing/observed-content';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import { chainNext, chainStart } from '@ceasewatch/tlog/chain';
import { disclose } from '@ceasewatch/tlog/disclosure';
import { eventIdBytes, newEventId } from '@ceasewatch/tlog/event-id';
import { leafHash } from '@ceasewatch/tlog/leaf';

/**
 * Writes a log by the letter of the format and without the server's code, so that the verifier is not
 * tested against what it happens to agree with.
 */
export interface WrittenEvent {
  readonly subject: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly disclosed?: Readonly<Record<string, string>>;
  /** For events that are wrong on purpose. */
  readonly envelope?: Readonly<Record<string, unknown>>;
}

const START = Date.UTC(2026, 7, 15, 20);

export function idOf(n: number): string {
  const random = new Uint8Array(10);
  new DataView(random.buffer).setUint32(6, n);
  return newEventId(START + n, random);
}

export const LOG_ID = idOf(0);
export const opening: WrittenEvent = {
  subject: `log/${LOG_ID}`,
  type: 'log.opened.v1',
  data: { logId: LOG_ID, exercise: true, leafRule: 1 },
};

const CENTRE = `centre/${idOf(1)}`;
/** What an external source tells needs no officer, so the system may record it. */
export const SOURCE = idOf(2);
export const TOLD = { ...OBSERVED, origin: 'external', unit: SOURCE };

/** A centre, and the source that reports to it: events 1 and 2. */
export const centre: readonly WrittenEvent[] = [
  {
    subject: CENTRE,
    type: 'centre.established.v1',
    data: {
      name: { en: 'Centre' },
      zone: 'Europe/Moscow',
      missionArea: [46_000_000, 39_000_000, 48_000_000, 41_000_000],
      places: [],
      sources: [],
    },
  },
  {
    subject: CENTRE,
    type: 'unit.opened.v1',
    data: {
      unit: SOURCE,
      name: 'Source',
      kind: 'external_source',
      from: '2026-08-01T00:00:00.000Z',
    },
  },
];

/** Ten observations with two disclosures each, events 3 to 12, the first retracted. */
export const tale: readonly WrittenEvent[] = [
  opening,
  ...centre,
  ...Array.from({ length: 10 }, (_, n) => ({
    subject: `observation/${idOf(n + 3)}`,
    type: 'observation.recorded.v1',
    data: TOLD,
    disclosed: { narrative: `burst ${n + 3}`, asEntered: '1358C' },
  })),
  {
    subject: `observation/${idOf(3)}`,
    type: 'observation.retracted.v1',
    data: { retracts: 1, reason: 'misidentification' },
  },
];

/** The id of the nth event is `idOf(n)`. Returns the open database, to be spoilt and closed. */
export function writeLog(folder: string, events: readonly WrittenEvent[] = tale): DatabaseSync {
  const db = new DatabaseSync(join(folder, 'log.sqlite'));
  db.exec(`
    CREATE TABLE streams (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
    CREATE TABLE events (seq INTEGER PRIMARY KEY, stream_id INTEGER NOT NULL, revision INTEGER NOT NULL,
      event_id BLOB NOT NULL UNIQUE, leaf TEXT NOT NULL, leaf_hash BLOB NOT NULL, chain BLOB NOT NULL,
      UNIQUE (stream_id, revision)) STRICT;
    CREATE TABLE vault (seq INTEGER PRIMARY KEY, secret BLOB, disclosures TEXT NOT NULL) STRICT;`);
  db.exec('BEGIN');
  const revisions = new Map<string, number>();
  let chain = chainStart(LOG_ID);
  events.forEach((event, seq) => {
    const stream = streamOf(event.subject);
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    if (revision === 0) db.prepare('INSERT INTO streams (name) VALUES (?)').run(stream);
    const secret = new Uint8Array(32).fill(seq);
    const { digests, disclosures } = disclose(secret, event.disclosed ?? {});
    const leaf = leafOf(event, seq, revision, digests);
    const hash = leafHash(Buffer.from(leaf));
    chain = chainNext(chain, hash);
    db.prepare(
      'INSERT INTO events VALUES (?, (SELECT id FROM streams WHERE name = ?), ?, ?, ?, ?, ?)',
    ).run(seq, stream, revision, eventIdBytes(idOf(seq)), leaf, hash, chain);
    if (disclosures.length > 0) {
      db.prepare('INSERT INTO vault VALUES (?, ?, ?)').run(
        seq,
        secret,
        JSON.stringify(disclosures),
      );
    }
  });
  db.exec(`COMMIT;
    PRAGMA application_id = 1129794631;
    PRAGMA user_version = 1;
    CREATE TRIGGER events_are_never_altered BEFORE UPDATE ON events
      BEGIN SELECT RAISE(ABORT, 'an event is never altered'); END;
    CREATE TRIGGER events_are_never_removed BEFORE DELETE ON events
      BEGIN SELECT RAISE(ABORT, 'an event is never removed'); END;
    CREATE TRIGGER streams_are_never_altered BEFORE UPDATE ON streams
      BEGIN SELECT RAISE(ABORT, 'a stream is never altered'); END;
    CREATE TRIGGER streams_are_never_removed BEFORE DELETE ON streams
      BEGIN SELECT RAISE(ABORT, 'a stream is never removed'); END;`);
  return db;
}

/** Does what the guards of a log forbid, and puts them back: somebody who covers his traces does so. */
export function unguarded(db: DatabaseSync, spoil: (db: DatabaseSync) => void): void {
  const names = db
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all()
    .map(({ name, sql }) => [String(name), String(sql)] as const);
  for (const [name] of names) db.exec(`DROP TRIGGER ${name}`);
  spoil(db);
  for (const [, statement] of names) db.exec(statement);
}

/** The digests under which the nth event of a written log hides what it discloses. */
export function digestsOfEvent(
  n: number,
  disclosed: Readonly<Record<string, string>>,
): readonly string[] {
  return disclose(new Uint8Array(32).fill(n), disclosed).digests;
}

function leafOf(
  event: WrittenEvent,
  seq: number,
  revision: number,
  digests: readonly string[],
): string {
  return canonicalJson({
    specversion: '1.0',
    id: idOf(seq),
    source: `urn:ceasewatch:${LOG_ID}`,
    type: event.type,
    subject: event.subject,
    revision,
    time: new Date(START + seq * 1_000).toISOString(),
    role: 'system',
    authn: 'system',
    ...(event.subject.startsWith('observation/') ? { centrerevision: 1 } : {}),
    data: { ...event.data, ...(digests.length === 0 ? {} : { _sd: digests }) },
    ...event.envelope,
  });
}
