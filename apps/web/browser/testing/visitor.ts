import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { ask } from './api.ts';
import { withoutWebgl } from './without-webgl.ts';

/**
 * Somebody with a browser: opens windows, each with a storage of its own, and remembers everything that
 * a visitor must never see (see `faults`).
 */
export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly theme?: 'dark' | 'light';
  /** Whether somebody has acted in this browser before; the form asks nobody twice. */
  readonly known?: boolean;
  /** Whether the browser can draw in three dimensions; without it a map is a still picture, and cheap. */
  readonly webgl?: boolean;
}

export class Visitor {
  /**
   * Refusals of the Content-Security-Policy, errors of the console and of scripts, requests that failed
   * or that left the origin. A question that the page itself took back is none.
   */
  readonly faults: string[] = [];
  readonly #browser: Browser;
  readonly #windows = new Set<BrowserContext>();

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async arrive(): Promise<Visitor> {
    return new Visitor(await chromium.connect(process.env['CEASEWATCH_BROWSER_AT'] ?? ''));
  }

  /** A new window, as big and as dark as told, at that address. */
  async open(address: string, look: Look = {}): Promise<Page> {
    const page = await this.window(new URL(address).origin, look);
    await page.goto(address);
    return page;
  }

  async window(
    origin: string,
    { width = 1440, height = 900, theme = 'dark', known = true, webgl = true }: Look = {},
  ): Promise<Page> {
    const context = await this.#browser.newContext({
      viewport: { width, height },
      colorScheme: theme,
      reducedMotion: 'reduce',
      ...(known ? { storageState: await actedBefore(origin) } : {}),
    });
    this.#windows.add(context);
    // A guard against hanging, not a measure: machines are busy.
    context.setDefaultTimeout(60_000);
    this.#listen(context, origin);
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
      });
    });
    if (!webgl) await context.addInitScript(withoutWebgl);
    return context.newPage();
  }

  async close(page: Page): Promise<void> {
    this.#windows.delete(page.context());
    await page.context().close();
  }

  async leave(): Promise<void> {
    await Promise.all([...this.#windows].map((window) => window.close()));
    await this.#browser.close();
  }

  #listen(context: BrowserContext, origin: string): void {
    const where = (page: Page | null) => (page === null ? '' : new URL(page.url()).pathname);
    context.on('console', (message) => {
      if (message.type() !== 'error') return;
      const { url } = message.location();
      this.faults.push(`${where(message.page())} console: ${message.text()} ${url}`);
    });
    context.on('weberror', (error) => {
      this.faults.push(`${where(error.page())} script: ${error.error().message}`);
    });
    context.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (protocol.startsWith('http') && asked !== origin)
        this.faults.push(`left the origin: ${request.url()}`);
    });
    context.on('requestfailed', (request) => {
      const why = request.failure()?.errorText ?? '';
      if (why !== 'net::ERR_ABORTED') this.faults.push(`failed: ${request.url()} ${why}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400)
        this.faults.push(`answered ${response.status()}: ${response.url()}`);
    });
    context.on('page', (page) => {
      page.on('websocket', (socket) => {
        if (new URL(socket.url()).host !== new URL(origin).host)
          this.faults.push(`left the origin: ${socket.url()}`);
      });
    });
  }
}

/** What such a browser kept: the officer who acted last. */
async function actedBefore(origin: string) {
  const { officers } = await ask<CentreAnswer>(origin, '/api/centre');
  const officer = officers.find(({ role }) => role === 'operator')?.officer;
  const kept = { name: 'ceasewatch.settings', value: JSON.stringify({ officer }) };
  return { cookies: [], origins: [{ origin, localStorage: [kept] }] };
}

/** Where the exercise is that all tests share. They may add to it, never count on nobody else doing so. */
export function exercise(): string {
  return process.env['CEASEWATCH_EXERCISE_AT'] ?? '';
}

const isHere = process.env['CEASEWATCH_BROWSER_AT'] !== undefined;

/** A suite beside the shared exercise; without a browser on this machine it rests, and the run says why. */
export function describeAtExercise(title: string, tests: () => void): void {
  (isHere ? describe : describe.skip)(title, tests);
}

/** A suite with a visitor of its own. */
export function describeInBrowser(title: string, tests: (visitor: () => Visitor) => void): void {
  describeAtExercise(title, () => {
    let visitor: Visitor | undefined;
    beforeAll(async () => {
      visitor = await Visitor.arrive();
    });
    afterAll(() => visitor?.leave());
    tests(() => {
      if (visitor === undefined) throw new Error('nobody has arrived yet');
      return visitor;
    });
  });
}
