import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { LogEntryPage } from '../apps/api/dist/contract/log.js';
import { openReplay } from '../apps/web/browser/testing/replay-hand.ts';
import { launchedBrowser } from './browser.ts';
import { freshFolder, removeFolder } from './disk.ts';
import type { Contender, Running } from './harness.ts';
import { flagsOver, largeFolder } from './large-log.ts';
import { startedNode } from './node-process.ts';

/** The replay in a browser that draws in software, at a node of its own; both begin anew every round. */
type Work = (page: Page, count: number) => ReturnType<Running['run']>;

/** Over a million reports, or as many as the short form has. */
export function replayOfMany(work: Work): Contender {
  return {
    name: 'a million reports',
    start: async () => replaying(flagsOver(await largeFolder()), work, async () => undefined),
  };
}

/** What `npm start` opens: fourteen weeks of the exercise, some 3,300 events. */
export function replayOfExercise(work: Work): Contender {
  return {
    name: 'the exercise',
    async start() {
      const folder = freshFolder();
      const flags = ['--seed', 'bench', '--data', join(folder, 'data'), '--port', '0'];
      return replaying(flags, work, async () => removeFolder(folder));
    },
  };
}

async function replaying(
  flags: readonly string[],
  work: Work,
  after: () => Promise<void>,
): Promise<Running> {
  const node = await startedNode(flags);
  const browser = await launchedBrowser();
  const stop = async () => {
    await browser.close();
    await node.stop();
    await after();
  };
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const answer = await fetch(`${node.address}/api/events?limit=1`);
  const head: LogEntryPage = JSON.parse(await answer.text());
  await openReplay(page, node.address, Math.floor(head.asOf * 0.6));
  return {
    run: (count) => work(page, count),
    cpuMicros: () => node.cpuMicros(),
    memoryBytes: () => node.memoryBytes(),
    stop,
  };
}
