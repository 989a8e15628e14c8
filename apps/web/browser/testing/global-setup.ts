import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserServer, chromium } from 'playwright-core';
import { isBuilt, NodeProcess } from '../../../api/test/testing/node-process.ts';
import { candidates, NO_BROWSER } from './find-browser.ts';

/**
 * Before the first browser test: one browser for all of them, and one node that plays the exercise, both
 * told to the tests through the environment. Without a browser the tests say so and rest; where a run
 * decides whether a change may land (CI), they rest only when somebody has said so.
 */
interface Stage {
  readonly browser: BrowserServer;
  readonly node: NodeProcess;
  readonly folder: string;
}

/** A guard against hanging, not a measure: machines are busy. */
const PATIENCE_MS = 180_000;

let stage: Stage | undefined;

export default async function setUp(): Promise<void> {
  if (!isBuilt) return rest('the node is not built: npm test builds it first');
  const browser = await launched();
  if (browser === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-browser-'));
  const node = new NodeProcess(['--port', '0', '--data', folder, '--seed', 'browser']);
  stage = { browser, node, folder };
  const address = await node.ready();
  process.env['CEASEWATCH_BROWSER_AT'] = browser.wsEndpoint();
  process.env['CEASEWATCH_EXERCISE_AT'] = address;
}

/** After the last one: the browser and the node end, and the folder vanishes. */
export async function tearDown(): Promise<void> {
  if (stage === undefined) return;
  await stage.browser.close();
  await stage.node.kill('SIGTERM');
  rmSync(stage.folder, { recursive: true, force: true });
}

async function launched(): Promise<BrowserServer | undefined> {
  const reasons: string[] = [];
  const wanted = process.env['CEASEWATCH_BROWSER'];
  for (const candidate of candidates(wanted)) {
    try {
      const { executablePath, env } = await candidate.prepare();
      const browser = await chromium.launchServer({
        executablePath,
        env: { ...inherited(), ...env },
        timeout: PATIENCE_MS,
      });
      process.stdout.write(`Browser tests run in ${candidate.name}\n`);
      return browser;
    } catch (error) {
      reasons.push(
        `${candidate.name}: ${error instanceof Error ? firstLines(error.message) : String(error)}`,
      );
    }
  }
  const why =
    wanted === NO_BROWSER
      ? `CEASEWATCH_BROWSER=${NO_BROWSER}`
      : 'no browser was found here; name one with CEASEWATCH_BROWSER=PATH';
  rest([why, ...reasons].join('\n  '));
  return undefined;
}

function inherited(): Record<string, string> {
  const set = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(set);
}

function firstLines(message: string): string {
  return message.split('\n').slice(0, 3).join(' ');
}

/** @throws Error in CI, unless somebody has said that there is no browser: jest counts it as a failure */
function rest(why: string): void {
  if (process.env['CI'] && process.env['CEASEWATCH_BROWSER'] !== NO_BROWSER) {
    throw new Error(`The browser tests cannot run: ${why}`);
  }
  process.stdout.write(`\nThe browser tests are SKIPPED: ${why}\n\n`);
}
