import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { foldText } from '@ceasewatch/domain/centre/fold-text';
import type { ObservationContent } from '@ceasewatch/domain/observation/observation.events';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import type { Mode, ProjectedEvent } from '../read-model/projection.ts';
import { checkedRow, withSum } from '../read-model/row-sum.ts';

/**
 * What the vault discloses of observations, and the words by which it and the names of places are found:
 * a list by narrative and place, the log by all that was said. Erasure takes the text, its words and the pages they lay on; the row says `erased` from then
 * on in every view, past ones too.
 */
export class DisclosureRows {
  readonly #mode: Mode;
  readonly #keep: StatementSync;
  readonly #disclosed: StatementSync;
  readonly #shown: StatementSync;
  readonly #folded: StatementSync;
  readonly #fold: StatementSync;
  readonly #unfold: StatementSync;
  readonly #index: StatementSync;
  readonly #unindex: StatementSync;

  constructor(db: DatabaseSync, mode: Mode) {
    this.#mode = mode;
    this.#keep = db.prepare(
      'INSERT OR REPLACE INTO observation_disclosure VALUES (?, ?, ?, ?, ?, ?)',
    );
    // Through the observation's own versions: an index of digests would be a page written for each report.
    this.#disclosed = db.prepare(
      `SELECT d.* FROM observation o JOIN observation_version v ON v.number = o.number
         JOIN observation_disclosure d ON d.seq = v.from_seq WHERE o.id = ?`,
    );
    this.#shown = db.prepare(
      `SELECT name, value FROM observation_disclosure WHERE seq = ? AND state = 'shown'`,
    );
    this.#folded = db.prepare(
      'SELECT place, narrative, said FROM observation_folded WHERE seq = ?',
    );
    this.#fold = db.prepare('INSERT INTO observation_folded VALUES (?, ?, ?, ?, ?)');
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
      this.#keep.run(...withSum(seq, name, each.digest ?? null, each.state, value));
      if (value !== null) shown.push({ name, value });
    }
    const place = content === undefined ? '' : foldText(placeNameOf(content));
    this.#write(seq, place, shown);
  }

  /** @param id of the observation whose disclosures these are */
  erase(id: string, digests: readonly string[]): void {
    for (const row of this.#disclosed.all(id)) {
      const { seq, name, digest } = disclosureOf(row);
      if (digest === null || !digests.includes(digest)) continue;
      this.#keep.run(...withSum(seq, name, digest, 'erased', null));
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
    this.#fold.run(...withSum(seq, place, narrative, said));
    if (this.#mode === 'live') this.#index.run(seq, place, narrative, said);
  }
}

/** A row as it was written: with a digest that is another, nothing would be erased. @throws DamagedRow */
export function disclosureOf(row: Readonly<Record<string, SQLOutputValue>>): DisclosureRow {
  const seq = Number(row['seq']);
  const { name, digest, state, value } = checkedRow(row, `a disclosure of event ${seq}`);
  return {
    seq,
    name: String(name),
    digest: textOrNull(digest),
    state: String(state),
    value: textOrNull(value),
  };
}

interface DisclosureRow {
  readonly seq: number;
  readonly name: string;
  readonly digest: string | null;
  readonly state: string;
  readonly value: string | null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
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
