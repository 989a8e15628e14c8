import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Envelope } from '@ceasewatch/domain/recorded-event';
import type { ProjectedEvent } from './projection.ts';
import { siblingModule, WORKER_OPTIONS } from './worker-thread.ts';

/**
 * The whole log, page by page, read and verified by a thread of its own while the pages before are made
 * into rows. A leaf crosses over as the text that was hashed and is parsed where it is needed: objects
 * would take longer to cross than to read.
 */
export interface VerifiedPage {
  /** The leaves as one JSON text. */
  readonly leaves: string;
  /** What each of them discloses, as another. */
  readonly disclosed: string;
  /** Number of the first event, of which there may be none. */
  readonly first: number;
  readonly reached: number;
  readonly atHead: boolean;
}

export interface PageOfEvents {
  readonly events: readonly ProjectedEvent[];
  readonly reached: number;
}

/** Pages that are on the way, some 150 KB each. */
const AHEAD = 8;

/**
 * Up to where the log ended when its last page was read.
 *
 * @throws EventLogError log_corrupt, of another thread and so not of our class
 */
export async function* readAhead(folder: string): AsyncGenerator<PageOfEvents, void, void> {
  const worker = new Worker(siblingModule(import.meta.url, 'read-ahead.worker'), {
    ...WORKER_OPTIONS,
    workerData: folder,
  });
  try {
    const pages = on(worker, 'message', { close: ['exit'] });
    for (let asked = 0; asked < AHEAD; asked += 1) worker.postMessage('more');
    for await (const [page] of pages) {
      worker.postMessage('more');
      yield eventsOf(page);
      if (isLast(page)) return;
    }
    throw new Error('the log was not read to its end');
  } finally {
    await worker.terminate();
  }
}

function isLast({ atHead }: VerifiedPage): boolean {
  return atHead;
}

function eventsOf({ leaves, disclosed, first, reached }: VerifiedPage): PageOfEvents {
  const envelopes: readonly Envelope[] = JSON.parse(leaves);
  const shown: readonly ProjectedEvent['disclosed'][] = JSON.parse(disclosed);
  const events = envelopes.map((envelope, at) => {
    return { seq: first + at, envelope, disclosed: shown[at] ?? {} };
  });
  return { events, reached };
}
