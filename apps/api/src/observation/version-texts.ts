import type { ToldText } from '@ceasewatch/domain/situation/told-text';
import type { Texts } from '../read-model/projection.ts';

/** What versions say, folded: the words by which they are found. */
export const versionTexts: Texts = {
  *between(db, first, last, limit) {
    const rows = db.prepare(
      'SELECT seq, place, narrative FROM observation_folded WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?',
    );
    rows.setReturnArrays(true);
    for (const row of rows.iterate(first, last, limit)) yield textOf(row);
  },
  of(db, subject) {
    const versions = db.prepare(
      `SELECT v.from_seq FROM observation o JOIN observation_version v ON v.number = o.number
        WHERE o.id = substr(?, length('observation/') + 1)`,
    );
    return versions.all(subject).map((row) => Number(row['from_seq']));
  },
};

/** The statement returns arrays, and the table is STRICT, so the types hold. */
function textOf(row: unknown): ToldText {
  const [seq, place, narrative] = row as readonly [number, string, string];
  return { seq, place, narrative };
}
