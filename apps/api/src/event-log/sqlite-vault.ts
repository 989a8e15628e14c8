import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  digestsOf,
  type EventRow,
  openedDisclosure,
  storedEvent,
  type VaultItem,
  vaultRowOf,
} from './event-row.ts';
import type { KeptVault } from './moved-event.ts';

/**
 * The vault: secrets and disclosures beside the log, written in the transaction of their event and
 * able to forget. `secure_delete` overwrites what is forgotten with zeros; the adapter checkpoints
 * afterwards, so that no older page of the WAL still holds it.
 */
export class SqliteVault {
  readonly #insert: StatementSync;
  readonly #replace: StatementSync;

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare('INSERT INTO vault (seq, secret, disclosures) VALUES (?, ?, ?)');
    this.#replace = db.prepare(
      'INSERT OR REPLACE INTO vault (seq, secret, disclosures) VALUES (?, NULL, ?)',
    );
  }

  /** Returns the row's text, as readers will meet it. */
  keep(seq: number, { secret, disclosures }: KeptVault): string {
    const text = JSON.stringify(disclosures);
    this.#insert.run(seq, secret ?? null, text);
    return text;
  }

  /**
   * Forgets disclosures of one event. The secret goes with the first of them, because with it the salt
   * of what was erased, and so a likely text, could be tried against the digest. Returns the row's
   * text, as readers will meet it from now on.
   */
  erase(row: EventRow, erased: readonly string[]): string {
    const items = row.vault === null ? [] : vaultRowOf(row.vault);
    const left = digestsOf(storedEvent(row).envelope).map((digest, at): VaultItem => {
      const item = items[at] ?? null;
      if (!erased.includes(digest)) return item;
      if (typeof item === 'string') return { erased: openedDisclosure(item, row.seq).name };
      return item ?? { erased: null };
    });
    const text = JSON.stringify(left);
    this.#replace.run(row.seq, text);
    return text;
  }
}
