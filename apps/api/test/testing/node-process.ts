import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The real process, as `npm start` runs it: built files, its own folder, its own port. */
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** A test run that is killed takes its nodes with it, as the launcher does. */
const LEASH = new URL('../../../../scripts/launcher/leash.mjs', import.meta.url).href;

/** What runs is built: `npm test` does so first, and a test of the process fails where nobody did. */
export const isBuilt = existsSync(MAIN);

/** Where the run keeps what was compiled: a start then costs two thirds of it. */
function compileCache(): Readonly<Record<string, string>> {
  const folder = process.env['NODE_COMPILE_CACHE'];
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: folder };
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export class NodeProcess {
  output = '';
  errors = '';
  readonly #child: ChildProcess;
  readonly ended: Promise<Ended>;

  constructor(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    if (!isBuilt) throw new Error('apps/api is not built: npm test builds it first');
    this.#child = spawn(process.execPath, ['--import', LEASH, MAIN, ...args], {
      env: { PATH: process.env['PATH'], ...compileCache(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.#child.stderr?.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code) => {
        resolve({ code, output: this.output, errors: this.errors });
      });
    });
  }

  /** Resolves with the address once the process has said where it is. */
  async ready(): Promise<string> {
    const said = () => / is ready at (http:\S+)\n/.exec(this.output)?.[1];
    let gone = false;
    void this.ended.then(() => (gone = true));
    for (;;) {
      const address = said();
      if (address !== undefined) return address;
      if (gone) throw new Error(`the node did not start: ${this.errors}`);
      await new Promise((resume) => setTimeout(resume, 5));
    }
  }

  /**
   * What it holds open, `socket`, `pipe`, `eventpoll` or a file's name, each as often as it does;
   * undefined where the system does not tell.
   */
  handles(): readonly string[] | undefined {
    const open = `/proc/${this.#child.pid}/fd`;
    if (!existsSync(open)) return undefined;
    return readdirSync(open).flatMap((handle) => kindOf(join(open, handle)) ?? []);
  }

  /** Something that it does not end of. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child.kill(signal);
  }

  async kill(signal: NodeJS.Signals): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }
}

/** `socket:[4711]` is a socket, `anon_inode:[eventpoll]` an eventpoll, anything else the path of a file. */
function kindOf(handle: string): string | undefined {
  try {
    const leadsTo = readlinkSync(handle);
    const [, kind, inode] = /^(?:(socket|pipe):|anon_inode:\[?(\w+))/.exec(leadsTo) ?? [];
    return kind ?? inode ?? basename(leadsTo);
  } catch (error) {
    // Closed since it was listed.
    if (Object(error).code === 'ENOENT') return undefined;
    throw error;
  }
}
