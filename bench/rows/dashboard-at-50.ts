import { setTimeout as pause } from 'node:timers/promises';
import { env } from 'node:process';
import type { Page } from 'playwright-core';
import { watchedKeys } from '../../apps/web/browser/testing/key-answers.ts';
import { settled } from '../../apps/web/browser/testing/situation.ts';
import { countingFlag } from '../../scripts/counting-flag.ts';
import { browserCpu } from '../browser.ts';
import type { Readings, Row, Running } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { loadProcess } from '../asked-process.ts';
import { type Desk, withAndWithoutMap } from '../page-contenders.ts';

const PER_SECOND = 50;
/**
 * The whole measure is ten minutes, 600. The first half fills what has a bound: two thousand reports for the
 * map, as many changes, the answers of two minutes, compiled scripts. The second tells what a minute more
 * costs, so four are the least that say something of it.
 */
const SECONDS = countingFlag('BENCH_SECONDS', env['BENCH_SECONDS']) ?? 240;
/** No report comes for so long before the heap is read: half of a drawing is as much as a minute's growth. */
const DRAWN_AFTER_MS = 3_000;
/** Somebody holds the feed and lets it go again, every other second. */
const HANDS_EVERY_MS = 2_000;
const HELD_MS = 200;

/** A situation that stays open while reports come, and now and then somebody presses a key. */
async function watching({ browser, node, window }: Desk): Promise<Running> {
  const page = await window();
  await page.goto(`${node.address}/en/situation`);
  await settled(page);
  const waits = await watchedKeys(page);
  const load = await loadProcess('submit.ts', [node.address, 8, PER_SECOND]);
  let readings: Readings = {};
  return {
    async run(reports) {
      const [heap, cpu, began] = [await heapBytes(page), await browserCpu(browser), Date.now()];
      const [filling, sent] = [reports >> 1, { all: false }];
      const submitted = (async () => {
        await load.ask(filling);
        const full = await drawnHeapBytes(page);
        await load.ask(reports - filling);
        return { full, last: await drawnHeapBytes(page) };
      })().finally(() => {
        sent.all = true;
      });
      while (!sent.all) {
        await page.keyboard.press('Space');
        await pause(HELD_MS);
        await page.keyboard.press('Space');
        await pause(HANDS_EVERY_MS - HELD_MS);
      }
      const { full, last } = await submitted;
      const minutes = (reports - filling) / PER_SECOND / 60;
      const [used, micros] = [await browserCpu(browser), (Date.now() - began) * 1_000];
      const keys = latencyOf(Float64Array.from(await waits()));
      readings = {
        'page, % of a core': (100 * (used.renderer - cpu.renderer)) / micros,
        'drawing, % of a core': (100 * (used.gpu - cpu.gpu)) / micros,
        'heap at the begin, MB': heap / 1e6,
        'heap grown, MB': (last - heap) / 1e6,
        'heap grown a minute of the second half, MB': (last - full) / 1e6 / minutes,
        'key to paint p50, ms': keys.p50Ms,
        'key to paint at most, ms': keys.maxMs,
      };
    },
    cpuMicros: async () => (await browserCpu(browser)).renderer,
    readings: async () => readings,
    stop: () => load.stop(),
  };
}

/** When it has drawn all that came, so that no drawing under way is counted. */
async function drawnHeapBytes(page: Page): Promise<number> {
  await pause(DRAWN_AFTER_MS);
  return heapBytes(page);
}

/** Of the page's scripts, after everything that nobody holds any more is gone. */
async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

export const row: Row = {
  name: 'dashboard-at-50',
  title: `an open situation under ${PER_SECOND} reports a second for ${SECONDS} seconds`,
  unit: 'report',
  rounds: 1,
  units: SECONDS * PER_SECOND,
  aims: {
    most: {
      'page, % of a core': 30,
      // What rows take that are shown, and of ten minutes no more than as much again.
      'heap grown, MB': 10,
      'heap grown a minute of the second half, MB': 1,
      'key to paint at most, ms': 100,
    },
  },
  contenders: withAndWithoutMap(watching),
};
