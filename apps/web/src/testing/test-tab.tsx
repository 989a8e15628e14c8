import type { LiveHeartbeat, LiveJoined } from '@ceasewatch/api/contract/live';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { jest } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { SearchParamsContext } from 'next/dist/shared/lib/hooks-client-context.shared-runtime.js';
import { NextIntlClientProvider } from 'next-intl';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { createQueries } from '../api/queries.ts';
import { deviceTime } from '../live/device-time.ts';
import { LiveFeed, type SocketEvents } from '../live/live-feed.ts';
import { LiveContext } from '../live/use-live.ts';
import { CATALOGUES } from '../locales.ts';

const OTHER_LOG = '019aa9c0-0000-7000-8000-000000000002';
const STEP_MS = 250;
const LOG = '019aa9c0-0000-7000-8000-000000000001';

/** What a stand-in for the node answers; a status other than 200 is a problem. */
export interface Answered {
  readonly status?: number;
  readonly body: unknown;
}

/**
 * A tab under test: the real feed, queries and hooks over a node that the test plays. It stands where
 * the shell would stand, in English.
 */
export class TestTab {
  readonly feed: LiveFeed;
  readonly asked: string[] = [];
  private readonly queries: QueryClient = createQueries();
  private readonly place = document.body.appendChild(document.createElement('div'));
  private readonly root: Root;
  private events: SocketEvents | undefined;
  private log = LOG;
  private away = false;

  /** @param head the event at which the tab's snapshot stands */
  constructor(answer: (address: URL) => Answered | Promise<Answered>, head = 10) {
    // What Mantine looks for and jsdom has not.
    window.matchMedia = (media) => Object.assign(new EventTarget(), noMedia(media));
    Object.assign(globalThis, {
      IS_REACT_ACT_ENVIRONMENT: true,
      fetch: async (address: string) => {
        this.asked.push(address);
        if (this.away) throw new TypeError('fetch failed');
        const { status = 200, body } = await answer(new URL(address, 'http://centre.example'));
        return {
          ok: status === 200,
          status,
          statusText: '',
          headers: new Map([['content-type', status === 200 ? '' : 'application/problem+json']]),
          json: () => Promise.resolve(body),
        };
      },
    });
    this.feed = new LiveFeed({
      socket: (events) => {
        this.events = events;
        return {
          connect: () => (this.away ? events.closed() : events.opened()),
          close: () => undefined,
          join: ({ log }): Promise<LiveJoined> =>
            Promise.resolve({
              answer: log === this.log ? 'live' : 'reload',
              log: this.log,
              head,
            }),
          ack: () => undefined,
        };
      },
      pull: () => Promise.reject(new Error('nothing is ever missing here')),
      now: deviceTime,
      random: () => 0.5,
      report: (error) => {
        throw error;
      },
    });
    this.root = createRoot(this.place);
    this.feed.start(LOG, head);
  }

  get text(): string {
    return this.place.textContent ?? '';
  }

  find(selector: string): HTMLElement | null {
    return this.place.querySelector<HTMLElement>(selector);
  }

  /** Shows `children` under an address; a second call changes the address and keeps what is mounted. */
  async show(children: ReactNode, search = ''): Promise<void> {
    await act(async () => {
      this.root.render(
        <MantineProvider env="test" forceColorScheme="dark">
          <NextIntlClientProvider locale="en" messages={CATALOGUES.en} timeZone="UTC">
            <QueryClientProvider client={this.queries}>
              <LiveContext value={this.feed}>
                <SearchParamsContext value={new URLSearchParams(search)}>
                  {children}
                </SearchParamsContext>
              </LiveContext>
            </QueryClientProvider>
          </NextIntlClientProvider>
        </MantineProvider>,
      );
    });
    await this.settle();
  }

  /** Lets what was asked be answered, and shown. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < 5; turn += 1) await this.wait(0);
  }

  /** Lets time pass: timers are jest's. */
  async wait(ms: number): Promise<void> {
    // React draws when an act ends, so what a drawing sets off needs a later one.
    for (let left = ms; left > STEP_MS; left -= STEP_MS)
      await act(() => jest.advanceTimersByTimeAsync(STEP_MS));
    await act(() => jest.advanceTimersByTimeAsync(Math.min(ms, STEP_MS)));
  }

  async arrive(changes: readonly Change[]): Promise<void> {
    const seq = changes.at(-1)?.seq ?? 0;
    const prev = this.feed.current().mine;
    await act(async () =>
      this.events?.frame({ log: LOG, feed: 'shared', prev, seq, changes: [...changes] }),
    );
  }

  async beat(heartbeat: Partial<LiveHeartbeat> = {}): Promise<void> {
    const { mine } = this.feed.current();
    const time = new Date().toISOString();
    await act(async () =>
      this.events?.heartbeat({
        log: LOG,
        head: mine,
        projected: mine,
        store: 'here',
        time,
        ...heartbeat,
      }),
    );
  }

  /** The node is killed: connections break, and nothing is answered until it is back. */
  async kill(): Promise<void> {
    this.away = true;
    await act(async () => this.events?.closed());
  }

  /** The page finds it at its next try. */
  restart(): void {
    this.away = false;
  }

  /** The node comes back with another log. */
  async serveAnotherLog(): Promise<void> {
    this.log = OTHER_LOG;
    await act(async () => this.events?.closed());
    await this.wait(1_000);
    await this.settle();
  }

  /** Clicks the button that says so. */
  async press(text: string): Promise<void> {
    const button = [...this.place.querySelectorAll('button')].find((each) =>
      each.textContent.includes(text),
    );
    if (button === undefined) throw new Error(`no button says ${text}`);
    await act(async () => button.click());
    await this.settle();
  }

  async close(): Promise<void> {
    await act(async () => this.root.unmount());
    this.feed.stop();
    this.place.remove();
  }
}

function noMedia(media: string) {
  return {
    media,
    matches: false,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  };
}
