import { parentPort, workerData } from 'node:worker_threads';
import type { StoredEvent } from '../event-log/event-log.ts';
import { openLogReader } from '../event-log/sqlite-log-reader.ts';
import type { ProjectedEvent } from './projection.ts';
import type { VerifiedPage } from './read-ahead.ts';

/**
 * The thread of `read-ahead.ts`: a page for each word that it is told. Of larger ones more is still held
 * when the young is looked through, and what is looked through is copied.
 */
const PAGE = 125;

const reader = openLogReader(String(workerData));
let after = -1;
parentPort?.on('message', () => {
  const { events, reached, atHead } = reader.page(after, PAGE);
  after = reached;
  const page: VerifiedPage = {
    leaves: `[${events.map(({ leaf }) => leaf).join(',')}]`,
    disclosed: JSON.stringify(events.map(disclosedOf)),
    first: events[0]?.seq ?? reached + 1,
    reached,
    atHead,
  };
  parentPort?.postMessage(page);
});

/** Without the disclosure itself, which was held against its digest here. */
function disclosedOf({ disclosed }: StoredEvent): ProjectedEvent['disclosed'] {
  const told: Record<string, ProjectedEvent['disclosed'][string]> = {};
  for (const [name, { disclosure: _disclosure, ...each }] of Object.entries(disclosed)) {
    told[name] = each;
  }
  return told;
}
