import { existsSync, readdirSync } from 'node:fs';
import { sameHash } from '@ceasewatch/tlog/chain';
import { type LogSide, nameOf } from '../copy-log/log-side.ts';
import { type LogTarget, openTarget } from '../copy-log/log-target.ts';
import type { LogHead, StoredEvent } from '../event-log/event-log.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import { type EventToKeep, movedEvent } from '../event-log/moved-event.ts';
import { type ExportedEvent, exportedEvents } from './exported-events.ts';

/**
 * A log from its export, into an empty folder or store. The file is read twice: all of it is checked
 * before the first event is written.
 */
export interface ImportedLog {
  readonly head: LogHead;
  readonly events: number;
  readonly disclosures: Readonly<Record<'shown' | 'withheld' | 'erased', number>>;
}

export interface ImportStep {
  readonly doing: 'checking' | 'writing';
  readonly done: number;
}

/** Events between two words of progress, and in one append of a target: the most that a page of the log has. */
const BATCH = 1_000;

/** @throws EventLogError foreign_log (no export, or the target is not empty), log_corrupt (altered), … */
export async function importLog(
  file: string,
  side: LogSide,
  onStep: (step: ImportStep) => void,
): Promise<ImportedLog> {
  checkEmptyFolder(side);
  const { first, last, erased, disclosures } = await checked(file, onStep);
  const target = await openTarget(side, first);
  try {
    if (target.head().seq !== 0) throw notEmpty(target.name);
    await write(file, target, erased, onStep);
    const head = target.head();
    if (head.seq !== last.seq || !sameHash(head.chain, last.chain)) {
      const why = `${target.name} ends at event ${head.seq} with another chain than the export`;
      throw new EventLogError('log_corrupt', why, { seq: head.seq });
    }
    return { head, events: last.seq + 1, disclosures };
  } finally {
    await target.close();
  }
}

interface Checked {
  readonly first: StoredEvent;
  readonly last: StoredEvent;
  /** Events of which something was erased later, by id. */
  readonly erased: ReadonlySet<string>;
  readonly disclosures: ImportedLog['disclosures'];
}

async function checked(file: string, onStep: (step: ImportStep) => void): Promise<Checked> {
  const disclosures = { shown: 0, withheld: 0, erased: 0 };
  const erased = new Set<string>();
  let first: StoredEvent | undefined;
  let last: StoredEvent | undefined;
  for await (const { stored } of exportedEvents(file)) {
    first ??= stored;
    last = stored;
    for (const { state } of Object.values(stored.disclosed)) disclosures[state] += 1;
    const of = erasedBy(stored);
    if (of !== undefined) erased.add(of);
    if (stored.seq % BATCH === 0) onStep({ doing: 'checking', done: stored.seq });
  }
  if (first === undefined || last === undefined) {
    throw new EventLogError('foreign_log', 'the export has no events');
  }
  return { first, last, erased, disclosures };
}

async function write(
  file: string,
  target: LogTarget,
  erased: ReadonlySet<string>,
  onStep: (step: ImportStep) => void,
): Promise<void> {
  /** What is left of events of which something was erased: an erasure is written beside it. */
  const left = new Map<string, EventToKeep>();
  let batch: EventToKeep[] = [];
  const send = async (): Promise<void> => {
    await target.write(batch);
    batch = [];
    onStep({ doing: 'writing', done: target.head().seq });
  };
  for await (const { stored, secret } of exportedEvents(file)) {
    const event = kept({ stored, secret }, left);
    if (erased.has(stored.envelope.id)) left.set(stored.envelope.id, event);
    // The first event was written when the target was begun.
    if (stored.seq > 0) batch.push(event);
    if (batch.length === BATCH) await send();
  }
  if (batch.length > 0) await send();
}

function kept({ stored, secret }: ExportedEvent, left: ReadonlyMap<string, EventToKeep>) {
  const event = movedEvent(stored, secret);
  const erases = left.get(erasedBy(stored) ?? '');
  return erases === undefined ? event : { ...event, erases };
}

function erasedBy({ envelope: { type, data } }: StoredEvent): string | undefined {
  return type === 'disclosure.erased.v1' ? String(data['event']) : undefined;
}

/** A data folder that has anything in it is somebody's. */
function checkEmptyFolder(side: LogSide): void {
  if (side.kind !== 'folder' || !existsSync(side.folder)) return;
  if (readdirSync(side.folder).length > 0) throw notEmpty(nameOf(side));
}

function notEmpty(name: string): EventLogError {
  return new EventLogError('foreign_log', `${name} is not empty: nothing was written`);
}
