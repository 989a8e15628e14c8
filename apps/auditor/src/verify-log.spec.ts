import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
  renameSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { chainNext, chainStart } from '@ceasewatch/tlog/chain';
import { leafHash } from '@ceasewatch/tlog/leaf';
import { LogFile } from './log-file.ts';
import {
  centre,
  digestsOfEvent,
  idOf,
  LOG_ID,
  opening,
  tale,
  TOLD,
  unguarded,
  type WrittenEvent,
  writeLog,
} from './testing/write-log.ts';
import { verifyLog } from './verify-log.ts';

describe('verifying a log', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ceasewatch-verify-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const verify = () => {
    const file = new LogFile(folder);
    try {
      const { identity, last, flaws, disclosures, steppedBack } = verifyLog(file);
      const [first] = flaws.first;
      if (first !== undefined) return { seq: first.seq, kind: first.kind };
      return { ...identity, events: last + 1, disclosures, steppedBack };
    } finally {
      file.close();
    }
  };
  const flaws = () => {
    const file = new LogFile(folder);
    try {
      return verifyLog(file).flaws;
    } finally {
      file.close();
    }
  };
  /** Writes a log, spoils it, and says what is found. */
  const found = (spoil: (db: DatabaseSync) => void, events: readonly WrittenEvent[] = tale) => {
    const db = writeLog(folder, events);
    unguarded(db, spoil);
    db.close();
    return verify();
  };
  const sql = (statement: string) => found((db) => db.exec(statement));
  /** The same events chained anew, as somebody would who covers his traces. */
  const rechain = (db: DatabaseSync) => {
    let chain = chainStart(LOG_ID);
    for (const row of db
      .prepare('SELECT seq, CAST(leaf AS BLOB) AS leaf FROM events ORDER BY seq')
      .all()) {
      const hash = leafHash(row['leaf'] as Uint8Array);
      chain = chainNext(chain, hash);
      db.prepare('UPDATE events SET leaf_hash = ?, chain = ? WHERE seq = ?').run(
        hash,
        chain,
        Number(row['seq']),
      );
    }
  };
  const swapped =
    (columns: readonly string[], one = 5, other = 6) =>
    (db: DatabaseSync) => {
      const set = columns.map((each) => `${each} = o.${each}`).join();
      db.exec(`CREATE TEMP TABLE o AS SELECT * FROM events WHERE seq IN (${one}, ${other});
      UPDATE events SET event_id = randomblob(16), stream_id = stream_id + 1000 WHERE seq IN (${one}, ${other});
      UPDATE events SET stream_id = o.stream_id, event_id = o.event_id, ${set} FROM o WHERE o.seq = ${one + other} - events.seq;`);
    };

  it('counts what is sound', () => {
    expect(found(spoilNothing)).toMatchObject({
      logId: LOG_ID,
      exercise: true,
      events: 14,
      disclosures: { shown: 20, withheld: 0, erased: 0 },
      steppedBack: { events: 0, mostMs: 0 },
    });
  });

  it('says how far the clocks of several nodes differ, which is no flaw between streams', () => {
    const early = { time: '2026-08-15T20:00:10.958Z' };
    const events = tale.map((event, n) => (n === 12 ? { ...event, envelope: early } : event));
    expect(found(spoilNothing, events)).toMatchObject({
      events: 14,
      steppedBack: { events: 1, mostMs: 42 },
    });
  });

  it('goes through more events than one page', () => {
    const many = [
      opening,
      ...centre,
      ...Array.from({ length: 2_500 }, (_, n) => ({
        subject: `observation/${idOf(n + 3)}`,
        type: 'observation.recorded.v1',
        data: TOLD,
      })),
    ];
    expect(found(spoilNothing, many)).toMatchObject({ events: 2_503 });
  });

  it('an id beside an event that is not its own is told as that, and not as another stream', () => {
    sql('UPDATE events SET event_id = zeroblob(16) WHERE seq = 5');
    expect(flaws().first).toMatchObject([
      {
        seq: 5,
        kind: 'wrong_stream',
        message: `it is filed with the id ${'0'.repeat(32)}, not its own`,
      },
    ]);
  });

  it.each([
    [
      'a changed letter',
      `UPDATE events SET leaf = replace(leaf, 'burst', 'bursu') WHERE seq = 5`,
      5,
      'leaf_altered',
    ],
    [
      'a changed hash',
      'UPDATE events SET leaf_hash = zeroblob(32) WHERE seq = 5',
      5,
      'leaf_altered',
    ],
    ['a changed chain', 'UPDATE events SET chain = zeroblob(32) WHERE seq = 5', 5, 'chain_broken'],
    ['a removed event', 'DELETE FROM events WHERE seq = 5', 5, 'missing_event'],
    ['a removed beginning', 'DELETE FROM events WHERE seq = 0', 0, 'missing_event'],
    ['an empty log', 'DELETE FROM events', 0, 'missing_event'],
    [
      'an event in another stream',
      'UPDATE events SET stream_id = 99 WHERE seq = 5',
      5,
      'wrong_stream',
    ],
    ['a changed revision', 'UPDATE events SET revision = 7 WHERE seq = 5', 5, 'wrong_revision'],
    [
      'an altered disclosure',
      `UPDATE vault SET disclosures = (SELECT disclosures FROM vault WHERE seq = 6) WHERE seq = 5`,
      5,
      'disclosure_altered',
    ],
    [
      'an altered secret',
      'UPDATE vault SET secret = zeroblob(32) WHERE seq = 5',
      5,
      'disclosure_altered',
    ],
    ['a broken vault', `UPDATE vault SET disclosures = 'x' WHERE seq = 5`, 5, 'disclosure_altered'],
    [
      'a disclosure less',
      `UPDATE vault SET disclosures = '[]' WHERE seq = 5`,
      5,
      'disclosure_missing',
    ],
    ['a vault that was emptied', 'DELETE FROM vault', 3, 'disclosure_missing'],
    [
      'a disclosure that was struck out',
      `UPDATE vault SET disclosures = json_set(disclosures, '$[1]', NULL) WHERE seq = 5`,
      5,
      'disclosure_missing',
    ],
    [
      'a disclosure without an event',
      `INSERT INTO vault VALUES (99, NULL, '[]')`,
      99,
      'stray_disclosure',
    ],
    [
      'an erasure that no event tells',
      `UPDATE vault SET secret = NULL, disclosures = '[{"erased":"a"},{"erased":"b"}]' WHERE seq = 5`,
      5,
      'erased_without_event',
    ],
  ])('finds %s', (_, statement, seq, kind) => {
    expect(sql(statement)).toEqual({ seq, kind });
  });

  it('finds two events that were swapped, wherever they stand, and tells of that alone', () => {
    for (const columns of [
      ['leaf', 'leaf_hash'],
      ['leaf', 'leaf_hash', 'chain'],
    ]) {
      for (const [one, other] of [
        [5, 6],
        [5, 7],
        [4, 12],
      ] as const) {
        expect(found(swapped(columns, one, other))).toEqual({ seq: one, kind: 'swapped' });
        expect(flaws().count).toBe(1);
        rmSync(join(folder, 'log.sqlite'));
      }
    }
  });

  it('calls nothing swapped of which only one stands elsewhere', () => {
    const copied = `UPDATE events SET (leaf, leaf_hash, chain) =
      (SELECT leaf, leaf_hash, chain FROM events WHERE seq = 8) WHERE seq = 5`;
    expect(sql(copied)).toEqual({ seq: 5, kind: 'chain_broken' });
    expect(flaws().byKind).not.toHaveProperty('swapped');
  });

  it.each([
    ['another log', { source: 'urn:ceasewatch:other' }, 'not_of_this_log'],
    ['a time before its predecessor', { time: '2020-01-01T00:00:00.000Z' }, 'time_goes_back'],
    ['a revision that is not next', { revision: 3 }, 'wrong_revision'],
    ['an attribute that is unknown', { colour: 'red' }, 'malformed_envelope'],
    [
      'digests that are not sorted',
      { data: { retracts: 1, reason: 'duplicate', _sd: ['b', 'a'] } },
      'malformed_envelope',
    ],
    ['a type that nobody knows', { type: 'observation.invented.v9' }, 'unknown_type'],
    [
      'data that no command could make',
      { data: { retracts: 0, reason: 'duplicate' } },
      'malformed_data',
    ],
  ])('finds %s although everything is hashed and chained', (_, envelope, kind) => {
    const events = tale.map((event, n) => (n === 13 ? { ...event, envelope } : event));
    expect(found(spoilNothing, events)).toEqual({ seq: 13, kind });
  });

  it('reads the copy of a node of a cluster', () => {
    writeLog(folder, tale).close();
    renameSync(join(folder, 'log.sqlite'), join(folder, 'log-copy.sqlite'));
    expect(verify()).toMatchObject({ events: 14 });
    const db = new DatabaseSync(join(folder, 'log-copy.sqlite'));
    db.exec('DELETE FROM vault WHERE seq = 5');
    expect(verify()).toMatchObject({ disclosures: { shown: 18, withheld: 2, erased: 0 } });
    unguarded(db, swapped(['leaf', 'leaf_hash', 'chain']));
    db.close();
    expect(verify()).toEqual({ seq: 5, kind: 'swapped' });
  });

  it('finds a leaf that is not canonical although it is hashed and chained', () => {
    const spoil = (db: DatabaseSync) => {
      db.exec(`UPDATE events SET leaf = replace(leaf, '{"authn"', '{ "authn"') WHERE seq = 5`);
      rechain(db);
    };
    expect(found(spoil)).toEqual({ seq: 5, kind: 'not_canonical' });
  });

  it('hashes the stored bytes, not what they would be decoded to', () => {
    const data = { ...TOLD, where: { form: 'area', name: 'near \uFFFD' } };
    const events = tale.map((event, n) => (n === 5 ? { ...event, data } : event));
    const spoil = (db: DatabaseSync) => {
      db.exec(`UPDATE events SET leaf =
        CAST(unhex(replace(hex(CAST(leaf AS BLOB)), 'EFBFBD', 'FF')) AS TEXT) WHERE seq = 5`);
    };
    expect(found(spoil, events)).toEqual({ seq: 5, kind: 'leaf_altered' });
  });

  it('finds a leaf that is no text although it is hashed and chained', () => {
    const spoil = (db: DatabaseSync) => {
      db.exec(`UPDATE events SET leaf =
        CAST(unhex(replace(hex(CAST(leaf AS BLOB)), '6275727374', '62757273FF')) AS TEXT) WHERE seq = 5`);
      rechain(db);
    };
    expect(found(spoil)).toEqual({ seq: 5, kind: 'not_canonical' });
  });

  it('finds a leaf of more bytes than a leaf may have', () => {
    const events = tale.map((event, n) =>
      n === 13
        ? { ...event, data: { ...TOLD, means: Array.from({ length: 9_000 }, () => 'heard') } }
        : event,
    );
    expect(found(spoilNothing, events)).toEqual({ seq: 13, kind: 'leaf_too_large' });
  });

  describe('an erasure', () => {
    const disclosed = { narrative: 'burst 5', asEntered: '1358C' };
    const digests = digestsOfEvent(5, disclosed);
    const erased: readonly WrittenEvent[] = [
      ...tale,
      {
        subject: `observation/${idOf(5)}`,
        type: 'disclosure.erased.v1',
        data: { event: idOf(5), digests: [digests[0]], reason: 'a name' },
      },
    ];

    it('is sound when the disclosure and the secret are gone', () => {
      const forget = `UPDATE vault SET secret = NULL,
        disclosures = json_array(json('{"erased":"narrative"}'), json_extract(disclosures, '$[1]')) WHERE seq = 5`;
      expect(found((db) => db.exec(forget), erased)).toMatchObject({
        disclosures: { shown: 19, withheld: 0, erased: 1 },
      });
    });

    it('is a flaw when the disclosure or the secret is still there', () => {
      expect(found(spoilNothing, erased)).toEqual({ seq: 5, kind: 'erased_but_there' });
    });
  });

  it('finds one flipped bit of a leaf wherever it is', () => {
    writeLog(folder).close();
    const path = join(folder, 'log.sqlite');
    const bytes = readFileSync(path);
    // The first copies in the file lie on a page that SQLite has split and no longer reads.
    const leaf = bytes.lastIndexOf('{"authn"');
    const length = bytes.indexOf('.v1"}', leaf) + 5 - leaf;
    for (let bit = 0; bit < length * 8; bit += 97) {
      const at = leaf + (bit >> 3);
      flip(path, at, bit & 7);
      expect(verify()).toMatchObject({ kind: expect.any(String) });
      flip(path, at, bit & 7);
    }
    expect(verify()).toMatchObject({ events: 14 });
  });

  describe('as a command', () => {
    const script = join(import.meta.dirname, 'verify-log.main.ts');
    const run = (data: string) =>
      spawnSync(execPath, ['--conditions=ceasewatch-source', script, '--data', data], {
        encoding: 'utf8',
      });

    it('answers 0, the verdict and the head for a sound log', () => {
      writeLog(folder).close();
      const { status, stdout } = run(folder);
      expect(status).toBe(0);
      expect(stdout).toMatch(
        /^.*: sound, 14 events of the exercise .*\n {2}head 13:[A-Za-z0-9+/]{43}=\n/,
      );
    });

    it('answers 1 and names the event and the flaw', () => {
      const db = writeLog(folder);
      unguarded(db, () => db.exec('DELETE FROM events WHERE seq = 5'));
      db.close();
      const { status, stdout } = run(folder);
      expect(status).toBe(1);
      expect(stdout).toContain('event 5: missing_event: ');
    });

    it('answers 1 and names where a file was cut off', () => {
      const db = writeLog(folder);
      db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      db.close();
      const file = join(folder, 'log.sqlite');
      const { size } = statSync(file);
      const answers = new Set<number | null>();
      for (let kept = 0.95; kept > 0.5; kept -= 0.15) {
        truncateSync(file, Math.floor(size * kept));
        const { status, stdout } = run(folder);
        answers.add(status);
        expect(stdout).toMatch(/: event \d+: (?:unreadable|missing_event|disclosure_\w+): /);
      }
      expect([...answers]).toEqual([1]);
    });

    it('answers 2 where there is nothing to read', () => {
      expect(run(join(folder, 'nowhere'))).toMatchObject({ status: 2, stdout: '' });
      execFileSync('cp', [script, join(folder, 'log.sqlite')]);
      expect(run(folder)).toMatchObject({ status: 2, stdout: '' });
    });
  });
});

function spoilNothing(): void {
  // The log is written by the letter and stays so.
}

function flip(path: string, at: number, bit: number): void {
  const byte = (readFileSync(path)[at] ?? 0) ^ (1 << bit);
  const file = openSync(path, 'r+');
  writeSync(file, Uint8Array.of(byte), 0, 1, at);
  closeSync(file);
}
