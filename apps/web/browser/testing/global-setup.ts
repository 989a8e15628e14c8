import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserServer, chromium } from 'playwright-core';
import { isBuilt, NodeProcess } from '../../../api/test/testing/node-process.ts';
import { candidates } from './find-browser.ts';

/**
 * Before the first browser test: one browser for all of them, and one node that plays the exercise, both
 * told to the tests through the environment. Without a browser the tests say so and rest.
 */
interface Stage {
  readonly browser: BrowserServer;
  readonly node: NodeProcess;
  readonly folder: string;
}

let stage: Stage | undefined;

export default async function setUp(): Promise<void> {
  if (!isBuilt) return rest('the node is not built: npm test builds it first');
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-browser-'));
  const node = new NodeProcess(['--port', '0', '--data', folder, '--seed', 'browser']);
  const [browser, address] = await Promise.all([launched(), node.ready()]);
  if (browser === undefined) {
    await node.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  stage = { browser, node, folder };
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
  for (const candidate of candidates(process.env['CEASEWATCH_BROWSER'])) {
    try {
      const { executablePath, env } = await candidate.prepare();
      const browser = await chromium.launchServer({
        executablePath,
        env: { ...inherited(), ...env },
      });
      process.stdout.write(`Browser tests run in ${candidate.name}\n`);
      return browser;
    } catch (error) {
      reasons.push(
        `${candidate.name}: ${error instanceof Error ? firstLines(error.message) : String(error)}`,
      );
    }
  }
  rest(
    ['no browser was found here; name one with CEASEWATCH_BROWSER=PATH', ...reasons].join('\n  '),
  );
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

function rest(why: string): void {
  process.stdout.write(`\nThe browser tests are SKIPPED: ${why}\n\n`);
}
