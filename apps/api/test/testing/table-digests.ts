import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';

/** How the words of a text index are spread over its segments depends on what was committed together. */
const SEGMENTS = /_text_(data|idx)$/;

/** Every table of a file with how many rows it has and the digest of them, whatever their order. */
export function tableDigestsOf(path: string): Readonly<Record<string, string>> {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return tableDigests(db);
  } finally {
    db.close();
  }
}

/** The same of a database that is open. */
export function tableDigests(db: DatabaseSync): Readonly<Record<string, string>> {
  const names = db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !SEGMENTS.test(name));
  return Object.fromEntries(
    names.map((name) => {
      const rows = db.prepare(`SELECT * FROM "${name}"`).all().map(inWords).toSorted();
      const digest = createHash('sha256').update(rows.join('\n')).digest('hex').slice(0, 16);
      return [name, `${rows.length} rows ${digest}`];
    }),
  );
}

function inWords(row: object): string {
  return JSON.stringify(row, (_, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
  );
}
