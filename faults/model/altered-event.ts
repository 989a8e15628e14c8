import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LOG_FILE } from '../../apps/api/src/event-log/data-folder.ts';

const TRIGGER = 'events_are_never_altered';

/**
 * Somebody with a hand on the disk makes one event of a node that does not run say something else, and
 * leaves no other trace.
 *
 * @returns undoes it
 */
export function alterEvent(folder: string, seq: number): () => void {
  const file = join(folder, LOG_FILE);
  const leaf = withoutTrigger(file, (db) => {
    const was = String(db.prepare('SELECT leaf FROM events WHERE seq = ?').get(seq)?.['leaf']);
    write(
      db,
      seq,
      was.replace(/(?<="time":"\d{4}-\d\d-\d\dT\d\d:\d)\d/, (digit) => `${9 - Number(digit)}`),
    );
    return was;
  });
  return () => withoutTrigger(file, (db) => write(db, seq, leaf));
}

function write(db: DatabaseSync, seq: number, leaf: string): void {
  db.prepare('UPDATE events SET leaf = ? WHERE seq = ?').run(leaf, seq);
}

function withoutTrigger<Result>(file: string, change: (db: DatabaseSync) => Result): Result {
  const db = new DatabaseSync(file);
  try {
    const kept = db.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(TRIGGER);
    db.exec(`DROP TRIGGER ${TRIGGER}`);
    const result = change(db);
    db.exec(String(kept?.['sql']));
    return result;
  } finally {
    db.close();
  }
}
