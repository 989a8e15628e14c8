import { setTimeout as pause } from 'node:timers/promises';
import { types } from 'node:util';
import type { ChangesAnswer, LiveFrame } from '@ceasewatch/api/contract/live';
import { LiveClient } from './live-client.ts';

type Change = LiveFrame['changes'][number];

const ACKNOWLEDGE_MS = 1_000;
/** Nearly as long as a node waits for what another one has told already. */
const WAITS_MS = 1_900;

/**
 * The rule of docs/live-protocol.md on top of a `LiveClient`: one position, frames applied only if they
 * go on from it, everything else pulled. It survives any number of connections, as a dashboard does.
 */
export class LiveFollower {
  readonly applied: Change[] = [];
  position: number;
  /** The last event that came in a frame, and was not pulled. */
  framed = -1;
  log: string | undefined;
  reloads = 0;
  /** Frames that did not go on from the position: on one connection there may be none. */
  gaps = 0;
  client: LiveClient | undefined;
  #catchingUp = false;
  #acknowledging: NodeJS.Timeout | undefined;

  readonly #forgets: boolean;
  readonly #heard: (seq: number) => void;

  /**
   * @param options.forgets whoever follows for hours keeps no changes in `applied`
   * @param options.heard told of every position that is reached, framed or pulled
   */
  constructor(
    position = -1,
    {
      forgets = false,
      heard = () => undefined,
    }: { readonly forgets?: boolean; readonly heard?: (seq: number) => void } = {},
  ) {
    this.position = position;
    this.#forgets = forgets;
    this.#heard = heard;
  }

  /** Opens a connection and joins; before that, what an earlier one left behind is closed. */
  async connect(address: string): Promise<void> {
    await this.leave();
    const client = await LiveClient.open(address, {
      frame: (frame) => this.#frame(address, frame),
      pull: () => void this.#catchUp(address),
    });
    this.client = client;
    this.#acknowledging = setInterval(() => client.ack(this.position), ACKNOWLEDGE_MS);
    await this.#join(address);
  }

  async leave(): Promise<void> {
    clearInterval(this.#acknowledging);
    await this.client?.close();
    this.client = undefined;
  }

  async #join(address: string): Promise<void> {
    const [client, log, asked] = [this.client, this.log, performance.now()];
    const joined = await client?.join(this.position, log);
    if (joined === undefined) return;
    // A node of several that does not get so far in time: whoever comes again meets it, or another, further on.
    const isBehind = joined.log === log && joined.head < this.position;
    if (joined.answer === 'reload' && isBehind && performance.now() - asked > WAITS_MS)
      return client?.close();
    this.log = joined.log;
    if (joined.answer === 'pull') await this.#catchUp(address);
    if (joined.answer === 'reload') this.reloads += 1;
  }

  #frame(address: string, { prev, seq, changes }: LiveFrame): void {
    if (this.#catchingUp || seq <= this.position) return;
    if (prev === this.position) {
      this.framed = seq;
      this.#apply(seq, changes);
    } else {
      this.gaps += 1;
      void this.#catchUp(address);
    }
  }

  #apply(seq: number, changes: readonly Change[]): void {
    if (!this.#forgets) this.applied.push(...changes);
    this.position = seq;
    this.#heard(seq);
  }

  async #catchUp(address: string): Promise<void> {
    if (this.#catchingUp) return;
    this.#catchingUp = true;
    try {
      for (let head = Number.POSITIVE_INFINITY; this.position < head;) {
        const page = await changesAfter(address, this.position);
        this.#apply(page.seq, page.changes);
        ({ head } = page);
      }
    } catch (error) {
      // A node that is gone ends this connection too; anything else is a fault.
      if (!types.isNativeError(error) || error.name !== 'TypeError') throw error;
      await this.client?.close();
      return;
    } finally {
      this.#catchingUp = false;
    }
    await this.#join(address);
  }
}

export async function changesAfter(address: string, after: number): Promise<ChangesAnswer> {
  const answer = await fetch(`${address}/api/changes?after=${after}&limit=500`);
  return JSON.parse(await answer.text());
}

/** Every change of the log after `after`, page by page. */
export async function allChanges(address: string, after = -1): Promise<readonly Change[]> {
  const changes: Change[] = [];
  let position = after;
  for (let head = Number.POSITIVE_INFINITY; position < head;) {
    const page = await pageAfter(address, position);
    changes.push(...page.changes);
    position = page.seq;
    ({ head } = page);
  }
  return changes;
}

const PATIENCE_MS = 30_000;

/** A node that builds its rows anew says so, and is asked again. @throws Error for any other refusal */
async function pageAfter(address: string, after: number): Promise<ChangesAnswer> {
  for (const until = performance.now() + PATIENCE_MS; ; await pause(500)) {
    const answer = await fetch(`${address}/api/changes?after=${after}&limit=500`);
    const said = await answer.text();
    if (answer.ok) return JSON.parse(said);
    if (answer.status !== 503 || performance.now() > until) throw new Error(said);
  }
}
