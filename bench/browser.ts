import process from 'node:process';
import { type Browser, chromium } from 'playwright-core';
import { candidates } from '../apps/web/browser/testing/find-browser.ts';

/** The browser that the browser tests run in, without a graphics card: what it draws, it draws in software. */
export async function launchedBrowser(): Promise<Browser> {
  const [first] = candidates(process.env['CEASEWATCH_BROWSER']);
  if (first === undefined) throw new Error('no browser was found here');
  const { executablePath, env } = await first.prepare();
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox'],
    env: { ...process.env, ...env },
  });
}

/** Microseconds of processor time so far of those that draw a page, by what they are. */
export interface BrowserCpu {
  /** All that run pages' scripts and layout. */
  readonly renderer: number;
  /** Draws what pages ask for: in software here, on a graphics card elsewhere. */
  readonly gpu: number;
}

/** A process that ended takes its time with it: ask while the page stands. */
export async function browserCpu(browser: Browser): Promise<BrowserCpu> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const of = (type: string) =>
    processInfo.reduce((sum, each) => (each.type === type ? sum + each.cpuTime * 1e6 : sum), 0);
  return { renderer: of('renderer'), gpu: of('GPU') };
}
