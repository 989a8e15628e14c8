import { setTimeout as pause } from 'node:timers/promises';
import { type Cost, watchedVisit } from '../../apps/web/browser/testing/first-visit.ts';
import { settled } from '../../apps/web/browser/testing/situation.ts';
import { browserCpu } from '../browser.ts';
import type { Readings, Row, Running } from '../harness.ts';
import { latencyOf } from '../load/quantiles.ts';
import { type Desk, withAndWithoutMap } from '../page-contenders.ts';

/** After the last part has come: what is late must not be missed. */
const QUIET_MS = 1_000;

/** Visits of the situation by somebody who was never here: nothing is kept from one to the next. */
async function visiting({ browser, node, window }: Desk): Promise<Running> {
  let costs: Cost[] = [];
  let cpuMicros = 0;
  return {
    async run(visits) {
      costs = [];
      for (let visit = 0; visit < visits; visit += 1) {
        const page = await window();
        const costOf = await watchedVisit(page);
        await page.goto(`${node.address}/en/situation`);
        await settled(page);
        await pause(QUIET_MS);
        costs.push(await costOf());
        cpuMicros += (await browserCpu(browser)).renderer;
        await page.context().close();
      }
    },
    cpuMicros: async () => cpuMicros,
    readings: async () => readingsOf(costs),
    stop: async () => undefined,
  };
}

/** The median of each over the visits. */
function readingsOf(costs: readonly Cost[]): Readings {
  const median = (of: (cost: Cost) => number) => latencyOf(Float64Array.from(costs, of)).p50Ms;
  return {
    'scripts, KB': median(({ scripts }) => scripts) / 1_024,
    'styles, KB': median(({ styles }) => styles) / 1_024,
    'fonts, KB': median(({ fonts }) => fonts) / 1_024,
    'map, KB': median(({ map }) => map) / 1_024,
    'largest paint, ms': median(({ largestPaintMs }) => largestPaintMs),
    'layout shift': median(({ shift }) => shift),
    'blocked, ms': median(({ blockedMs }) => blockedMs),
  };
}

export const row: Row = {
  name: 'first-page',
  title: 'first visit of the situation, the exercise told, nothing cached, gzip',
  unit: 'visit',
  rounds: 3,
  units: 5,
  aims: {
    most: {
      'scripts, KB': 320,
      'styles, KB': 36,
      'largest paint, ms': 1_000,
      // What no eye sees: Chromium calls a tenth good.
      'layout shift': 0.01,
      'blocked, ms': 200,
    },
  },
  contenders: withAndWithoutMap(visiting),
};
