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
/** The whole measure is ten minutes, 600; two tell what a minute more costs once the screen is full. */
const SECONDS = countingFlag('BENCH_SECONDS', env['BENCH_SECONDS']) ?? 120;
/** What is shown at most: the map holds two thousand, the feed five hundred. Later ones take their places. */
const FULL_AFTER = 2_000;
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
      const [filling, sent] = [Math.min(FULL_AFTER, reports >> 1), { all: false }];
      const submitted = (async () => {
        if (filling > 0) await load.ask(filling);
        const full = await heapBytes(page);
        await load.ask(reports - filling);
        return full;
      })().finally(() => {
        sent.all = true;
      });
      while (!sent.all) {
        await page.keyboard.press('Space');
        await pause(HELD_MS);
        await page.keyboard.press('Space');
        await pause(HANDS_EVERY_MS - HELD_MS);
      }
      const [full, last] = [await submitted, await heapBytes(page)];
      const minutes = (reports - filling) / PER_SECOND / 60;
      const [used, micros] = [await browserCpu(browser), (Date.now() - began) * 1_000];
      const keys = latencyOf(Float64Array.from(await waits()));
      readings = {
        'page, % of a core': (100 * (used.renderer - cpu.renderer)) / micros,
        'drawing, % of a core': (100 * (used.gpu - cpu.gpu)) / micros,
        'heap at the begin, MB': heap / 1e6,
        'heap grown, MB': (last - heap) / 1e6,
        'heap grown a minute once full, MB': (last - full) / 1e6 / minutes,
        'key to paint p50, ms': keys.p50Ms,
        'key to paint at most, ms': keys.maxMs,
      };
    },
    cpuMicros: async () => (await browserCpu(browser)).renderer,
    readings: async () => readings,
    stop: () => load.stop(),
  };
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
      'heap grown a minute once full, MB': 1,
      'key to paint at most, ms': 100,
    },
  },
  contenders: withAndWithoutMap(watching),
};
