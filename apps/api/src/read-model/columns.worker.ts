import { parentPort, workerData } from 'node:worker_threads';
import { columnDifference } from '@ceasewatch/domain/difference/column-difference';
import { hindsightOf } from '@ceasewatch/domain/hindsight/column-hindsight';
import { countOf, earliestMinute, situationOf } from '@ceasewatch/domain/situation/column-pass';
import { situationsOf } from '@ceasewatch/domain/situation/moving-situation';
import { instantOf, minuteOf } from '@ceasewatch/domain/situation/situation-plan';
import type { SituationQuery } from '@ceasewatch/domain/situation/situation';
import { SituationColumns } from '@ceasewatch/domain/situation/situation-columns';
import { PROJECTIONS } from '../projections.ts';
import type {
  ColumnsAnswer,
  ColumnsMessage,
  ColumnsQuestion,
  ColumnsTask,
  Hits,
} from './columns-desk.ts';
import { loadColumns } from './columns-loading.ts';
import { EventTimes } from './event-times.ts';
import { openForReading } from './read-model-file.ts';
import { toldOf } from './thread-failure.ts';

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
const loaded = loadColumns(db, columns, PROJECTIONS);

parentPort?.on('message', (message: ColumnsMessage) => {
  if (message.kind === 'advance') advance(message);
  else answer(message);
});
parentPort?.postMessage({ loaded });

function advance({ changes }: Extract<ColumnsMessage, { kind: 'advance' }>): void {
  for (const { seq, before, after } of changes) {
    if (seq <= loaded) continue;
    if (before !== null) columns.end(before.fromSeq, seq);
    if (after !== null) columns.append(after);
  }
}

function answer(question: ColumnsQuestion): void {
  try {
    post({ answer: answerTo(question) });
  } catch (error) {
    post(toldOf(error));
  }
}

function answerTo(question: ColumnsQuestion) {
  if (question.kind === 'difference') {
    const { asked, hits: both } = question;
    const hits = both && { then: found(both.then), now: found(both.now) };
    return columnDifference(columns, asked, hits);
  }
  if (question.kind === 'states') {
    const asked = question.asked.map((state) => ({
      ...state,
      query: withBeginning(state.query, state.seq),
    }));
    return situationsOf(columns, asked);
  }
  const hits = question.hits === undefined ? undefined : found(question.hits);
  if (question.kind === 'count') return countOf(columns, question.filter, question.asOf, hits);
  const query = withBeginning(question.query, question.asOf);
  if (question.kind === 'hindsight') {
    return hindsightOf(columns, query, question.asOf, times.upTo(question.asOf), hits);
  }
  return situationOf(columns, query, question.sectors, question.asOf, hits);
}

function found({ sql, values }: Hits): ReadonlySet<number> {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return new Set(statement.all(...values).map((row) => Number(firstOf(row))));
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
