import type { Edits } from './report-fields.ts';
import type { SentReport } from './send-report.ts';
import { uuidV7 } from './uuid-v7.ts';

/**
 * What was typed, kept on this device from the first letter to the receipt: a reload, a crash, a dead
 * battery lose nothing. A report that was sent without an answer is kept as it was sent, under its id,
 * because only the same bytes under the same id are the same report.
 */
export interface ReportDraft {
  readonly id: string;
  readonly line: string;
  readonly edits: Edits;
  /** What was sent and not yet answered; while it is here nothing is edited. */
  readonly sent: SentReport | null;
}

/** What `Repeat last` begins with. */
export interface LastReport {
  readonly line: string;
  readonly edits: Edits;
}

const DRAFT = 'ceasewatch.draft.';
const LAST = 'ceasewatch.last.';

export function newDraft(): ReportDraft {
  return { id: uuidV7(), line: '', edits: {}, sent: null };
}

/** The draft of this log on this device, or a new one. */
export function keptDraft(log: string): ReportDraft {
  const kept = read(DRAFT + log);
  if (!isDraft(kept)) return newDraft();
  return { id: kept.id, line: kept.line, edits: kept.edits, sent: kept.sent ?? null };
}

/** @returns false when the browser keeps nothing, which the form then says */
export function keepDraft(log: string, draft: ReportDraft): boolean {
  const empty = draft.line === '' && Object.keys(draft.edits).length === 0 && draft.sent === null;
  return write(DRAFT + log, empty ? null : draft);
}

export function lastReport(log: string): LastReport | null {
  const kept = read(LAST + log);
  return isLast(kept) ? { line: kept.line, edits: kept.edits } : null;
}

export function keepLastReport(log: string, { line, edits }: LastReport): void {
  write(LAST + log, { line, edits });
}

function isLast(kept: unknown): kept is LastReport {
  return (
    typeof kept === 'object' &&
    kept !== null &&
    'line' in kept &&
    typeof kept.line === 'string' &&
    'edits' in kept &&
    typeof kept.edits === 'object' &&
    kept.edits !== null
  );
}

function isDraft(kept: unknown): kept is ReportDraft {
  return isLast(kept) && 'id' in kept && typeof kept.id === 'string';
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch (error) {
    // Storage switched off, or not our words: there is nothing to go on with.
    if (error instanceof SyntaxError || error instanceof DOMException) return null;
    throw error;
  }
}

function write(key: string, value: object | null): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch (error) {
    // Full, or switched off for this site.
    if (error instanceof DOMException) return false;
    throw error;
  }
}
