import type { StatementSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { openForReading } from './read-model-file.ts';
import type { WideAnswer, WideQuestion } from './wide-reader.ts';

/** Answers wide questions one after the other, from a connection of its own that cannot write. */
const MOST_STATEMENTS = 128;
const { file }: { readonly file: string } = workerData;
const db = openForReading(file);
const statements = new Map<string, StatementSync>();

parentPort?.on('message', (question: WideQuestion) => parentPort?.postMessage(answer(question)));

function answer({ id, sql, values }: WideQuestion): WideAnswer {
  try {
    return { id, rows: prepared(sql).all(...values) };
  } catch (error) {
    const errcode = error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0;
    return { id, message: error instanceof Error ? error.message : String(error), errcode };
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
