// The order in which jest begins the test files. By itself it goes by what each took last time, which
// a fresh clone does not know: a long file that begins last then keeps one core busy and the rest idle.
import { statSync } from 'node:fs';

/** First what loads every core by itself, beside it what mostly waits, then the longest of the rest. */
const FIRST = [
  'apps/api/test/kill-nine.spec.ts',
  'apps/api/src/event-log/eventstoredb-event-log.traps.spec.ts',
  'apps/api/test/store-away.spec.ts',
  'apps/api/test/import.spec.ts',
  'apps/api/src/copy-log/copy-log.spec.ts',
  'apps/api/test/process.spec.ts',
  'apps/api/test/door.spec.ts',
  'apps/api/test/verification.spec.ts',
  'apps/api/test/import-store.spec.ts',
  'apps/api/src/export/import-log.spec.ts',
  'apps/api/test/three-nodes.spec.ts',
  'apps/api/test/damaged-log.spec.ts',
  'apps/api/src/exercise/exercise.runner.spec.ts',
  'apps/api/test/examples.spec.ts',
  'apps/api/test/live.spec.ts',
  'apps/api/test/live-limits.spec.ts',
  'apps/web/browser/walk.spec.ts',
  'apps/web/browser/filters.spec.ts',
  'apps/web/browser/budget.spec.ts',
  'apps/web/browser/main-job.spec.ts',
  'apps/web/browser/replay.spec.ts',
  'apps/web/browser/waiting.spec.ts',
  'apps/web/browser/played-log.spec.ts',
  'apps/web/browser/resilience.spec.ts',
  'faults.spec.ts',
  'apps/web/browser/exercise.spec.ts',
  'apps/web/browser/attention.spec.ts',
  'libs/domain/src/situation/situation-fold.spec.ts',
];

/** Of jest's sequencer the part that a run of ours asks for. */
export default class TestOrder {
  sort(tests) {
    const placed = tests.map((test) => {
      const path = test.path.replaceAll('\\', '/');
      const place = FIRST.findIndex((name) => path.endsWith(`/${name}`));
      return {
        test,
        place: place === -1 ? FIRST.length : place,
        bytes: statSync(test.path).size,
      };
    });
    placed.sort((one, other) => one.place - other.place || other.bytes - one.bytes);
    return placed.map(({ test }) => test);
  }

  // Jest hands over what each file took; the order is written down, so nothing is kept.
  cacheResults() {
    return undefined;
  }
}
