import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { withoutWebgl } from '../apps/web/browser/testing/without-webgl.ts';
import { launchedBrowser } from './browser.ts';
import { freshFolder, removeFolder } from './disk.ts';
import type { Contender, Running } from './harness.ts';
import { type NodeServer, startedNode } from './node-process.ts';

/**
 * A screen at a node that plays the exercise, twice: as on a desk that cannot draw a map, where it is a
 * still picture, and with the map that the product draws. There is no graphics card here, so the second
 * pays for the drawing with the processor, and most of what it is blocked it waits for that: the
 * difference between both is the limit of a machine like this one.
 */
export interface Desk {
  readonly browser: Browser;
  readonly node: NodeServer;
  /** A window with a storage and a cache of its own. */
  window(): Promise<Page>;
}

/** What a row does at a desk; the desk is taken away afterwards. */
type Sits = (desk: Desk) => Promise<Running>;

export function withAndWithoutMap(sits: Sits): readonly Contender[] {
  return [atDesk('still map, no WebGL', false, sits), atDesk('map drawn in software', true, sits)];
}

function atDesk(name: string, webgl: boolean, sits: Sits): Contender {
  return {
    name,
    async start() {
      const folder = freshFolder();
      const flags = ['--seed', 'bench', '--data', join(folder, 'data'), '--port', '0'];
      const node = await startedNode(flags);
      const browser = await launchedBrowser();
      const window = async () => {
        const viewport = { width: 1440, height: 900 };
        const context = await browser.newContext({ viewport, colorScheme: 'dark' });
        if (!webgl) await context.addInitScript(withoutWebgl);
        return context.newPage();
      };
      const running = await sits({ browser, node, window });
      return {
        ...running,
        async stop() {
          await running.stop();
          await browser.close();
          await node.stop();
          removeFolder(folder);
        },
      };
    },
  };
}
