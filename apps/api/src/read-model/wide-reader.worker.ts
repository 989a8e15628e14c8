import type { StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from './read-model-file.ts';
import { toldOf } from './thread-failure.ts';
import type { WideAnswer, WideQuestion } from './wide-reader.ts';

/** Answers wide questions one after the other, from a connection of its own that cannot write. */
const MOST_STATEMENTS = 128;
const { file }: { readonly file: string } = workerData;
const db = openForReading(file);
const statements = new Map<string, StatementSync>();

parentPort?.on('message', (question: WideQuestion) => parentPort?.postMessage(answer(question)));

function answer({ sql, values }: WideQuestion): WideAnswer {
  try {
    return { rows: prepared(sql).all(...values) };
  } catch (error) {
    return toldOf(error);
  }
}

function prepared(sql: string): StatementSync {
  const known = statements.get(sql);
  if (known !== undefined) return known;
  // Filters make many texts; the oldest gives way.
  const [oldest] = statements.keys();
  if (statements.size >= MOST_STATEMENTS && oldest !== undefined) statements.delete(oldest);
  const made = db.prepare(sql);
  statements.set(sql, made);
  return made;
}
