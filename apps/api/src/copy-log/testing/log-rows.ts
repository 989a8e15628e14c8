import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Every row of a folder's log that counts: numbers, streams, bytes, hashes, chain, secrets, disclosures. */
export function logRows(folder: string) {
  const db = new DatabaseSync(join(folder, 'log.sqlite'), { readOnly: true });
  try {
    return db
      .prepare(
        `SELECT e.seq, name, revision, hex(event_id) AS id, leaf, hex(leaf_hash) AS leaf_hash,
           hex(chain) AS chain, hex(secret) AS secret, disclosures
         FROM events e JOIN streams s ON s.id = stream_id LEFT JOIN vault v ON v.seq = e.seq
         ORDER BY e.seq`,
      )
      .all();
  } finally {
    db.close();
  }
}
