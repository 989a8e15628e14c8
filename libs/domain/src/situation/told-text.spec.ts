import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { foldText } from '../centre/fold-text.ts';
import { changes, SECTORS, UNITS } from '../testing/arbitrary-rows.ts';
import { versionParts } from '../testing/version-parts.ts';
import { hasBit } from './bits.ts';
import { ColumnConditions } from './column-conditions.ts';
import type { Change, ObservationRow } from './observation-row.ts';
import { SituationColumns } from './situation-columns.ts';
import { matchesText, NOTHING, type TextWord } from './text-query.ts';
import { type ToldText, ToldTexts } from './told-text.ts';

/** Words of several alphabets that begin like one another, rare and common ones. */
const WORDS = [
  'mill Mills millet bursts burst 12 120 1200 İğdır iğde igneous Агдам агдамский огонь о Ստեփանակերտ ստ',
  'თბილისი თბ שלום 火 火災 drone-strike o’clock',
].flatMap((words) => words.split(' '));
const texts = fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((words) => words.join(' '));
const word = fc.record({
  word: fc.oneof(
    fc.constantFrom(...WORDS).map(foldText),
    fc.constantFrom(...WORDS).map((each) => foldText(each).slice(0, 2).trim()),
    fc.constantFrom('', 'nobody said this', 'mill 1', 'zz'),
  ),
  units: fc.subarray(UNITS),
  areas: fc.subarray(SECTORS),
  named: fc.subarray([0, 1, 2, 3, 5, 8, 999]),
  isBox: fc.boolean(),
});
const step = fc.record({ place: texts, narrative: texts, isErased: fc.boolean() });
const questions = fc.array(
  fc.record({ words: fc.array(word, { minLength: 1, maxLength: 3 }), narrative: fc.boolean() }),
  { minLength: 1, maxLength: 4 },
);
const MORE = fc.constantFrom(0, 1, 3);

/** As an index is never asked: every text looked at, word by word. */
class SlowTexts {
  readonly #texts = new Map<number, ToldText>();

  tell(text: ToldText): void {
    this.#texts.set(text.seq, text);
  }

  erase(seq: number): void {
    const known = this.#texts.get(seq);
    if (known !== undefined) this.#texts.set(seq, { ...known, narrative: '' });
  }

  between(first: number, last: number): ToldText[] {
    return [...this.#texts.values()].filter(({ seq }) => seq >= first && seq <= last);
  }

  says(contentSeq: number, word: string, narrative: boolean): boolean {
    const text = this.#texts.get(contentSeq);
    if (text === undefined) return false;
    const told = narrative ? ` ${text.place} ${text.narrative}` : ` ${text.place}`;
    return word.split(' ').every((part) => told.includes(` ${part}`));
  }
}

describe('the words of all versions', () => {
  test('lead free text to what reading every text finds, whatever was recorded or erased since', () => {
    fc.assert(
      fc.property(changes, fc.array(step, { minLength: 40, maxLength: 40 }), questions, MORE, run),
      { numRuns: 1_500 },
    );
  }, 240_000);

  test('are found in every segment of thousands of reports, common words and rare ones', () => {
    const columns = new SituationColumns();
    const texts = new ToldTexts(columns, new ColumnConditions(columns), 1_024);
    const said: string[] = [];
    for (let seq = 0; seq < 5_000; seq += 1) {
      columns.appendParts(versionParts({ from: seq }));
      said.push(`${seq % 7 === 0 ? 'drone' : 'mill'} number ${(seq * 7919) % 1_009}`);
      texts.add({ seq, place: '', narrative: said[seq] ?? '' });
    }
    for (const beginning of ['mill', 'dr', 'd', 'n', '1', '100', '1008', '1009', 'number']) {
      const found = texts.find([{ word: { ...NOTHING, word: beginning }, named: [] }], true);
      const expected = said.map((text) => ` ${text}`.includes(` ${beginning}`));
      expect(said.map((_, at) => hasBit(found, at))).toEqual(expected);
    }
  });
});

const SEGMENT = 32;

function run(
  history: readonly Change[],
  steps: readonly (typeof step extends fc.Arbitrary<infer Value> ? Value : never)[],
  asked: typeof questions extends fc.Arbitrary<infer Value> ? Value : never,
  more: number,
): void {
  const columns = new SituationColumns(3);
  const texts = new ToldTexts(columns, new ColumnConditions(columns), SEGMENT);
  const slow = new SlowTexts();
  const contents = new Map<number, number>();
  const rows: ObservationRow[] = [];
  // The same history once more and once more again, so that some segments are full.
  const whole = Array.from({ length: more + 1 }, (_, n) => repeated(history, n)).flat();
  asked.forEach(({ words, narrative }, n) => {
    const begin = Math.ceil((whole.length * n) / asked.length);
    for (const change of whole.slice(begin, Math.ceil((whole.length * (n + 1)) / asked.length))) {
      const { seq, before, after } = change;
      const said = steps[seq % steps.length];
      if (after === null || said === undefined) continue;
      if (before !== null) columns.end(before.fromSeq, seq);
      columns.append(after, before);
      rows.push(after);
      const isUnaltered = before?.version === after.version;
      contents.set(seq, isUnaltered ? (contents.get(before.fromSeq) ?? seq) : seq);
      // What a retraction says is not what the report says.
      const text = { seq, place: foldText(said.place), narrative: foldText(said.narrative) };
      slow.tell(text);
      texts.add(text);
      if (!said.isErased || before === null) continue;
      slow.erase(before.fromSeq);
      texts.tellAgain([before.fromSeq], (first, last) => slow.between(first, last));
    }
    const meant = words.map(({ isBox, word, units, areas }): TextWord => {
      return { ...NOTHING, word, units, areas, boxes: isBox ? [BOX] : [] };
    });
    const found = texts.find(
      meant.map((each, at) => ({ word: each, named: words[at]?.named ?? [] })),
      narrative,
    );
    const passes = (row: ObservationRow): boolean =>
      meant.every(
        (each, at) =>
          words[at]?.named.includes(row.fromSeq) ||
          matchesText({ words: [each] }, row, (part) =>
            slow.says(contents.get(row.fromSeq) ?? -1, part, narrative),
          ),
      );
    expect(rows.map((_, at) => hasBit(found, at))).toEqual(rows.map(passes));
  });
}

/** With other observations, later. */
function repeated(history: readonly Change[], times: number): readonly Change[] {
  const by = times * history.length;
  const later = (row: ObservationRow | null) =>
    row && { ...row, id: `${row.id}-${times}`, fromSeq: row.fromSeq + by };
  return history.map((change) => ({
    ...change,
    seq: change.seq + by,
    before: later(change.before),
    after: later(change.after),
  }));
}

const BOX = [46_700_000, 39_700_000, 46_950_000, 40_000_000] as const;
