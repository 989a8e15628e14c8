import { parentPort, workerData } from 'node:worker_threads';
import { columnDifference } from '@ceasewatch/domain/difference/column-difference';
import { hindsightOf } from '@ceasewatch/domain/hindsight/column-hindsight';
import { ColumnConditions } from '@ceasewatch/domain/situation/column-conditions';
import type { TextHits } from '@ceasewatch/domain/situation/column-filter';
import { earliestMinute, situationOf } from '@ceasewatch/domain/situation/column-pass';
import { situationsOf } from '@ceasewatch/domain/situation/moving-situation';
import { passingVersions } from '@ceasewatch/domain/situation/passing-versions';
import { instantOf, minuteOf } from '@ceasewatch/domain/situation/situation-plan';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { SituationColumns } from '@ceasewatch/domain/situation/situation-columns';
import { ToldTexts } from '@ceasewatch/domain/situation/told-text';
import { versionList } from '@ceasewatch/domain/situation/version-list';
import { PROJECTIONS } from '../projections.ts';
import type {
  AskedText,
  ColumnsAnswer,
  ColumnsMessage,
  ColumnsQuestion,
  ColumnsTask,
  Named,
} from './columns-desk.ts';
import { loadColumns } from './columns-loading.ts';
import { EventTimes } from './event-times.ts';
import { openForReading } from './read-model-file.ts';
import { toldOf } from './thread-failure.ts';
import { WordsLoading } from './words-loading.ts';

/**
 * Every version of every observation in typed arrays, in a thread of its own: loaded once from the read
 * model, then carried on by the projector's changes. Messages come in order, so a question about event
 * n finds everything up to n.
 */
const DAY = 24 * 60;
const { file }: ColumnsTask = workerData;
const db = openForReading(file);
const columns = new SituationColumns();
const times = new EventTimes(db);
const conditions = new ColumnConditions(columns);
const loaded = loadColumns(db, columns, PROJECTIONS);
const words = new WordsLoading(db, PROJECTIONS, new ToldTexts(columns, conditions), loaded);

parentPort?.on('message', (message: ColumnsMessage) => {
  if (message.kind === 'advance') advance(message);
  else if (message.kind === 'words') words.begin(() => post({ worded: true }));
  else answer(message);
});
parentPort?.postMessage({ loaded });

function advance({ changes }: Extract<ColumnsMessage, { kind: 'advance' }>): void {
  for (const { seq, before, after } of changes) {
    if (seq <= loaded) continue;
    if (before !== null) columns.end(before.fromSeq, seq);
    if (after !== null) columns.append(after, before);
  }
  words.advance(changes);
}

function answer(question: ColumnsQuestion): void {
  try {
    post({ answer: answerTo(question) });
  } catch (error) {
    post(toldOf(error));
  }
}

function answerTo(question: ColumnsQuestion) {
  if (question.kind === 'difference')
    return columnDifference(columns, question.asked, found(question.text));
  if (question.kind === 'states') {
    const asked = question.asked.map((state) => ({
      ...state,
      query: withBeginning(state.query, state.seq),
    }));
    return situationsOf(columns, asked);
  }
  const hits = found(question.text);
  if (question.kind === 'list') {
    const { filter, asOf, page } = question;
    return versionList(columns, passingVersions(columns, conditions, filter, asOf, hits), page);
  }
  const query = withBeginning(question.query, question.asOf);
  if (question.kind === 'hindsight') {
    return hindsightOf(columns, query, question.asOf, times.upTo(question.asOf), hits);
  }
  return situationOf(columns, query, question.sectors, question.asOf, hits);
}

function found(text: AskedText | undefined): TextHits | undefined {
  if (text === undefined) return undefined;
  const asked = text.words.map(({ word, named }) => ({ word, named: eventsOf(named) }));
  return words.texts.find(asked, text.narrative);
}

function eventsOf(named: Named | null): readonly number[] {
  if (named === null) return [];
  const statement = db.prepare(named.sql);
  statement.setReturnArrays(true);
  return statement.all(...named.values).map((row) => Number(firstOf(row)));
}

/** The statement returns arrays. */
function firstOf(row: unknown): unknown {
  return (row as readonly unknown[])[0];
}

/** `all` begins with the UTC day of the earliest observation, and says so for whoever carries it on. */
function withBeginning(query: SituationQuery, asOf: number): SituationQuery {
  if (query.window !== 'all' || query.from !== undefined) return query;
  const at = minuteOf(query.at);
  const earliest = Math.min(earliestMinute(columns, asOf) ?? at - DAY, at - 1);
  return { ...query, from: instantOf(Math.floor(earliest / DAY) * DAY) };
}

function post(message: ColumnsAnswer): void {
  parentPort?.postMessage(message);
}
