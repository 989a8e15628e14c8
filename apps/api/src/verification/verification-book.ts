import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { VerificationAnswer } from '../contract/verification.ts';

/** What was verified, when and how it came out, in a small file beside the log; the last ones are kept. */
const FILE = 'verifications.sqlite';
const KEPT = 200;
const TABLE =
  'CREATE TABLE IF NOT EXISTS verification (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, told TEXT NOT NULL) STRICT';

export class VerificationBook {
  readonly #path: string;
  #db: DatabaseSync | undefined;

  constructor(folder: string) {
    this.#path = join(folder, FILE);
  }

  keep(told: VerificationAnswer): void {
    const db = this.#opened();
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
    return this.#opened()
      .prepare('SELECT told FROM verification ORDER BY place DESC LIMIT ?')
      .all(count)
      .map(({ told }) => answerOf(told));
  }

  find(id: string): VerificationAnswer | undefined {
    const row = this.#opened().prepare('SELECT told FROM verification WHERE id = ?').get(id);
    return row === undefined ? undefined : answerOf(row['told']);
  }

  close(): void {
    this.#db?.close();
    this.#db = undefined;
  }

  #opened(): DatabaseSync {
    if (this.#db === undefined) {
      this.#db = new DatabaseSync(this.#path, { timeout: 1_000 });
      this.#db.exec(`PRAGMA trusted_schema = OFF; ${TABLE}`);
    }
    return this.#db;
  }
}

/** Written by this book. */
function answerOf(told: unknown): VerificationAnswer {
  const answer: VerificationAnswer = JSON.parse(String(told));
  return answer;
}
