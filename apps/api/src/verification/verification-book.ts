import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { VerificationAnswer } from '../contract/verification.ts';

/** What was verified, when and how it came out, in a small file beside the log; the last ones are kept. */
const FILE = 'verifications.sqlite';
const KEPT = 200;
const TABLE =
  'CREATE TABLE IF NOT EXISTS verification (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, told TEXT NOT NULL) STRICT';
const HAS_TABLE = "SELECT 1 FROM sqlite_schema WHERE name = 'verification'";

export class VerificationBook {
  readonly #path: string;
  #db: DatabaseSync | undefined;

  constructor(folder: string) {
    this.#path = join(folder, FILE);
  }

  keep(told: VerificationAnswer): void {
    const db = this.#opened();
    db.exec(TABLE);
    db.prepare('INSERT INTO verification (id, told) VALUES (?, ?)').run(
      told.id,
      JSON.stringify(told),
    );
    db.exec(
      `DELETE FROM verification WHERE place <= (SELECT max(place) FROM verification) - ${KEPT}`,
    );
  }

  /** Newest first. */
  last(count: number): readonly VerificationAnswer[] {
    const rows = this.#written()
      ?.prepare('SELECT told FROM verification ORDER BY place DESC LIMIT ?')
      .all(count);
    return (rows ?? []).map(({ told }) => answerOf(told));
  }

  find(id: string): VerificationAnswer | undefined {
    const row = this.#written()?.prepare('SELECT told FROM verification WHERE id = ?').get(id);
    return row === undefined ? undefined : answerOf(row['told']);
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  #opened(): DatabaseSync {
    if (this.#db === undefined) {
      this.#db = new DatabaseSync(this.#path, { timeout: 1_000 });
      this.#db.exec('PRAGMA trusted_schema = OFF');
    }
    return this.#db;
  }

  /** Where something was ever kept: a look makes no file, for which a full disk has no room. */
  #written(): DatabaseSync | undefined {
    if (this.#db === undefined && !existsSync(this.#path)) return undefined;
    const db = this.#opened();
    return db.prepare(HAS_TABLE).get() === undefined ? undefined : db;
  }
}

/** Written by this book. */
function answerOf(told: unknown): VerificationAnswer {
  const answer: VerificationAnswer = JSON.parse(String(told));
  return answer;
}
