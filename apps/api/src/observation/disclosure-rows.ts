import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { foldText } from '@ceasewatch/domain/centre/fold-text';
import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import type { Mode, ProjectedEvent } from '../read-model/projection.ts';
import { sumOf } from '../read-model/text-sum.ts';

/**
 * What the vault discloses of observations, and the words by which it and the names of places are found:
 * a list by narrative and place, the log by all that was said. Erasure takes the text, its words and the pages they lay on; the row says `erased` from then
 * on in every view, past ones too.
 */
export class DisclosureRows {
  readonly #mode: Mode;
  readonly #keep: StatementSync;
  readonly #byDigest: StatementSync;
  readonly #erase: StatementSync;
  readonly #shown: StatementSync;
  readonly #folded: StatementSync;
  readonly #fold: StatementSync;
  readonly #unfold: StatementSync;
  readonly #index: StatementSync;
  readonly #unindex: StatementSync;

  constructor(db: DatabaseSync, mode: Mode) {
    this.#mode = mode;
    this.#keep = db.prepare(
      'INSERT INTO observation_disclosure (seq, name, digest, state, value, sum) VALUES (?, ?, ?, ?, ?, ?)',
    );
    // Through the observation's own versions: an index of digests would be a page written for each report.
    this.#byDigest = db.prepare(
      `SELECT d.seq, d.name FROM observation o JOIN observation_version v ON v.number = o.number
         JOIN observation_disclosure d ON d.seq = v.from_seq WHERE o.id = ? AND d.digest = ?`,
    );
    this.#erase = db.prepare(
      `UPDATE observation_disclosure SET state = 'erased', value = NULL, sum = NULL WHERE seq = ? AND name = ?`,
    );
    this.#shown = db.prepare(
      `SELECT name, value FROM observation_disclosure WHERE seq = ? AND state = 'shown'`,
    );
    this.#folded = db.prepare(
      'SELECT place, narrative, said FROM observation_folded WHERE seq = ?',
    );
    this.#fold = db.prepare(
      'INSERT INTO observation_folded (seq, place, narrative, said) VALUES (?, ?, ?, ?)',
    );
    this.#unfold = db.prepare('DELETE FROM observation_folded WHERE seq = ?');
    this.#index = db.prepare(
      'INSERT INTO observation_text (rowid, place, narrative, said) VALUES (?, ?, ?, ?)',
    );
    this.#unindex = db.prepare(
      `INSERT INTO observation_text (observation_text, rowid, place, narrative, said) VALUES ('delete', ?, ?, ?, ?)`,
    );
  }

  /** Keeps what an event discloses; `content` where it brought one, for the names of places in it. */
  keep({ seq, disclosed }: ProjectedEvent, content?: ObservationContent): void {
    const shown: Said[] = [];
    for (const [name, each] of Object.entries(disclosed)) {
      const value = valueOf(each);
      const sum = value === null ? null : sumOf(value);
      this.#keep.run(seq, name, each.digest ?? null, each.state, value, sum);
      if (value !== null) shown.push({ name, value });
    }
    const place = content === undefined ? '' : foldText(placeNameOf(content));
    this.#write(seq, place, shown);
  }

  /** @param id of the observation whose disclosures these are */
  erase(id: string, digests: readonly string[]): void {
    for (const row of digests.flatMap((digest) => this.#byDigest.all(id, digest))) {
      const seq = Number(row['seq']);
      this.#erase.run(seq, String(row['name']));
      this.#foldAgain(seq);
    }
  }

  #foldAgain(seq: number): void {
    const folded = this.#folded.get(seq);
    if (folded === undefined) return;
    const [place, narrative, said] = [folded['place'], folded['narrative'], folded['said']].map(
      String,
    );
    if (this.#mode === 'live') this.#unindex.run(seq, place ?? '', narrative ?? '', said ?? '');
    this.#unfold.run(seq);
    const left = this.#shown.all(seq);
    this.#write(
      seq,
      place ?? '',
      left.map(({ name, value }) => ({ name: String(name), value: String(value) })),
    );
  }

  #write(seq: number, place: string, shown: readonly Said[]): void {
    const texts: Record<'narrative' | 'said', string[]> = { narrative: [], said: [] };
    for (const { name, value } of shown) {
      texts[name === 'narrative' ? name : 'said'].push(foldText(value));
    }
    const [narrative, said] = [texts.narrative.join(' '), texts.said.join(' ')];
    if (place === '' && narrative === '' && said === '') return;
    this.#fold.run(seq, place, narrative, said);
    if (this.#mode === 'live') this.#index.run(seq, place, narrative, said);
  }
}

/** What is shown of an event, by name: the narrative, the text as it was entered, an explanation. */
interface Said {
  readonly name: string;
  readonly value: string;
}

function valueOf(disclosed: Disclosed): string | null {
  return disclosed.state === 'shown' ? disclosed.value : null;
}

/** The name of a line or an area that the centre's map does not have. */
function placeNameOf({ where }: ObservationContent): string {
  return where.form === 'line' || where.form === 'area' ? (where.name ?? '') : '';
}
