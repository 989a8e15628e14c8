import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownPort } from '../../../api/src/event-log/testing/own-port.ts';
import { NodeProcess } from '../../../api/test/testing/node-process.ts';

/**
 * A node that a test may kill, with a folder that vanishes at the end: a real centre without reports,
 * unless it is told otherwise.
 */
export class OwnNode {
  readonly #flags: readonly string[];
  readonly #folder = mkdtempSync(join(tmpdir(), 'ceasewatch-browser-'));
  #process: NodeProcess | undefined;
  #port: number | undefined;
  #address = '';

  constructor(flags: readonly string[] = ['--empty']) {
    this.#flags = flags;
  }

  /** `http://127.0.0.1:PORT`, the same for as long as this object lives. */
  get address(): string {
    return this.#address;
  }

  /** Starts it, or starts it again on the port and the folder that it had. */
  async start(): Promise<void> {
    this.#port ??= await ownPort();
    const at = ['--port', this.#port.toString(), '--data', this.#folder];
    this.#process = new NodeProcess([...this.#flags, ...at]);
    this.#address = await this.#process.ready();
  }

  async kill(): Promise<void> {
    await this.#process?.kill('SIGKILL');
    this.#process = undefined;
  }

  /** It is there and says nothing, as a machine that is stopped or swaps to death. */
  freeze(): void {
    this.#process?.signal('SIGSTOP');
  }

  thaw(): void {
    this.#process?.signal('SIGCONT');
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
