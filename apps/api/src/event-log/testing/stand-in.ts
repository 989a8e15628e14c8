import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { ownPort } from './own-port.ts';

/**
 * EventStoreDB's stand-in for tests: a server in another process that speaks the real protocol and
 * keeps the server's rules, and that can be told to misbehave. It stands where no real server can.
 */
export interface StandInOrder {
  /**
   * `swallowed`: neither written nor answered. `mute`: written, not answered. `electing`: no leader.
   * `stray`: answered to somebody else. `cut`: written, then the call breaks;
   * `ended`: then it ends in peace.
   * `racing`: a repetition is refused, as while the first of it is still being written.
   */
  readonly appends?: 'swallowed' | 'mute' | 'electing' | 'stray' | 'cut' | 'ended' | 'racing';
  /** `refused`: it does not know this user. `blind`: no stream is there for them, whatever it has. */
  readonly reads?: 'silent' | 'refused' | 'blind';
  /** `deaf`: open, and nothing comes. */
  readonly subscriptions?: 'deaf';
  readonly answerAfterMs?: number;
  /** Appends alone are written, and answered, so much later. */
  readonly writeAfterMs?: number;
  /** Subscribers hear of an append so much later. */
  readonly tellAfterMs?: number;
  /** Ends every subscription, cleanly or with a code. */
  readonly endSubscriptions?: { readonly code?: number };
}

export class StandIn {
  readonly #file: string | undefined;
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(file: string | undefined) {
    this.#file = file;
  }

  /** @param file where it keeps its log, for tests that kill it and start it again */
  static async started(file?: string): Promise<StandIn> {
    const standIn = new StandIn(file);
    await standIn.start();
    return standIn;
  }

  get port(): number {
    return this.#port;
  }

  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Starts it, again on the same port. */
  async start(): Promise<void> {
    if (this.#port === 0) this.#port = await ownPort();
    const script = join(import.meta.dirname, 'stand-in.process.ts');
    const child = spawn(execPath, [script, `${this.#port}`, ...(this.#file ? [this.#file] : [])], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#child = child;
    const [said] = await once(child, 'message');
    this.#port = said.listening;
    // Whoever forgets it is not kept alive by it, and it ends with whoever started it.
    child.unref();
    child.channel?.unref();
  }

  /** From now on it behaves so, and in everything else as it should. */
  async behave(order: StandInOrder): Promise<void> {
    const child = this.#running();
    child.send(order);
    await once(child, 'message');
  }

  freeze(): void {
    this.#running().kill('SIGSTOP');
  }

  thaw(): void {
    this.#running().kill('SIGCONT');
  }

  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** It says good-bye to everybody and exits with 0, as a former leader does (T37). */
  leave(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** While it does not run: it will come back empty. */
  forget(): void {
    if (this.#file !== undefined) rmSync(this.#file, { force: true });
  }

  /** While it does not run: of what was tombstoned nothing is left, as after a scavenge. */
  scavenge(): void {
    if (this.#file === undefined) throw new Error('the stand-in keeps no log');
    const lines = readFileSync(this.#file, 'utf8').trimEnd().split('\n');
    const events = lines.map((line) => ({ line, ...recordOf(line) }));
    const gone = new Set(events.filter(isTombstone).map(({ stream }) => stream));
    const left = events.filter((event) => isTombstone(event) || !gone.has(event.stream));
    writeFileSync(this.#file, left.map(({ line }) => `${line}\n`).join(''));
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    child.kill(signal);
    await once(child, 'exit');
  }

  #running(): ChildProcess {
    if (this.#child === undefined) throw new Error('the stand-in is not running');
    return this.#child;
  }
}

interface StandInRecord {
  readonly stream: string;
  readonly type: string;
}

function recordOf(line: string): StandInRecord {
  const { stream, type } = JSON.parse(line);
  return { stream, type };
}

function isTombstone({ type }: StandInRecord): boolean {
  return type === '$streamDeleted';
}
