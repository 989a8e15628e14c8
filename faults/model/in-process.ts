import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import { copyAsKilled } from './as-killed.ts';
import type { FaultyNode } from './faulty-node.ts';
import { Statements } from './statements.ts';

/** What is needed of the product: its sources under test, or what was built of them. */
export interface Product {
  readonly startNode: (
    config: {
      readonly port: number;
      readonly host: string;
      readonly loopback: boolean;
      readonly data: string;
      readonly sort: 'real';
      readonly centreFile: string;
      readonly exercise: object;
    },
    now: () => number,
  ) => Promise<Running>;
  readonly WriterConnection: { readonly prototype: { readonly db: DatabaseSync; begin(): void } };
}

interface Running {
  readonly address: string;
  readonly app: { getHttpServer(): Server };
  stop(): Promise<void>;
}

/** In this process the instant of a death can be chosen. */
export interface MortalNode extends FaultyNode {
  /**
   * It is killed before its n-th statement from now, or by `kill` where it does not come to that: until
   * then whoever asks has to ask, too, whether it is dead, for what it says afterwards nobody heard.
   */
  killBefore(statement: number): Dying;
}

export interface Dying {
  readonly isDead: boolean;
  /** Statements that it came to. */
  readonly statements: number;
}

const NOON = Date.parse('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;
/** More than any test writes. */
const ROOMY_PAGES = 4_294_967_294;

/** Founded once; every node of a run begins on a copy. */
export class InProcess {
  readonly #product: Product;
  readonly #base = mkdtempSync(join(tmpdir(), 'ceasewatch-model-'));
  #founded: Promise<string> | undefined;
  #nodes = 0;
  /** Of the one node that runs. */
  #isFull = false;
  /** Nodes that nobody hears any more: they end in their own time. */
  readonly #going: Promise<void>[] = [];
  readonly #sockets = new WeakMap<Running, Set<Socket>>();
  readonly #writeError = process.stderr.write;
  readonly #statements = new Statements();

  constructor(product: Product) {
    this.#product = product;
    // A node tells its own log of every fault that it meets; here they are met on purpose.
    process.stderr.write = () => true;
    this.#letDisksBeFull();
  }

  /** A node with a centre and nothing else. */
  async fresh(): Promise<MortalNode> {
    const founded = await (this.#founded ??= this.#found());
    const folder = this.folder();
    cpSync(founded, folder, { recursive: true });
    return this.over(folder);
  }

  async remove(): Promise<void> {
    await Promise.all(this.#going);
    process.stderr.write = this.#writeError;
    this.#statements.restore();
    rmSync(this.#base, { recursive: true });
  }

  async #found(): Promise<string> {
    writeFileSync(this.#centre, JSON.stringify(exerciseCentre(NOON - 98 * DAY_MS)));
    const folder = this.folder();
    await (await this.#start(folder, () => NOON)).stop();
    return folder;
  }

  async #start(data: string, now: () => number): Promise<Running> {
    const here = { port: 0, host: '127.0.0.1', loopback: true, sort: 'real' } as const;
    const config = { ...here, data, centreFile: this.#centre, exercise: {} };
    const running = await this.#product.startNode(config, now);
    const sockets = new Set<Socket>();
    this.#sockets.set(running, sockets);
    running.app.getHttpServer().on('connection', (socket: Socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    return running;
  }

  /** A node on what lies in a folder, which vanishes with it. */
  over(first: string): MortalNode {
    let [folder, clock] = [first, NOON];
    let running: Running | undefined;
    let left: string | undefined;
    // What lies in its folder at this instant is what a kill leaves; what it does afterwards nobody sees.
    const die = (): string => {
      const copy = this.folder();
      copyAsKilled(folder, copy);
      return (left = copy);
    };
    const stop = async (): Promise<void> => {
      await running?.stop();
      running = undefined;
    };
    return {
      get address() {
        return running?.address ?? 'http://127.0.0.1:1';
      },
      get folder() {
        return folder;
      },
      get now() {
        return clock;
      },
      can: () => true,
      start: async () => {
        running = await this.#start(folder, () => clock);
      },
      kill: async () => {
        const next = left ?? die();
        // Who outlived its statement dies here; the next life does not come to it.
        this.#statements.forget();
        this.#letGo(running, folder);
        [folder, running, left] = [next, undefined, undefined];
      },
      killBefore: (statement) => {
        const statements = this.#statements;
        statements.before(statement, die);
        return {
          get isDead() {
            return left !== undefined;
          },
          get statements() {
            return statements.given;
          },
        };
      },
      stop,
      fill: (isFull) => (this.#isFull = isFull),
      setClock: (ms) => (clock = ms),
      forgetRows() {
        for (const name of readdirSync(folder)) {
          if (name.startsWith('read-model-')) rmSync(join(folder, name));
        }
      },
      end: async () => {
        this.#isFull = false;
        this.#letGo(running, folder);
        running = undefined;
      },
    };
  }

  /** Whatever it says from now on, nobody hears it. */
  #letGo(running: Running | undefined, folder: string): void {
    if (running !== undefined) this.#sockets.get(running)?.forEach((each) => each.destroy());
    const gone = running?.stop() ?? Promise.resolve();
    this.#going.push(gone.then(() => rmSync(folder, { recursive: true })));
  }

  get #centre(): string {
    return join(this.#base, 'centre.json');
  }

  /** The name of a folder that nothing else has. */
  folder(): string {
    this.#nodes += 1;
    return join(this.#base, `${this.#nodes}`);
  }

  /** SQLite itself refuses to let the log's file grow, as on a full disk. */
  #letDisksBeFull(): void {
    const isFull = (): boolean => this.#isFull;
    const { prototype } = this.#product.WriterConnection;
    const { begin } = prototype;
    prototype.begin = function (this: typeof prototype): void {
      this.db.exec(`PRAGMA max_page_count = ${isFull() ? 1 : ROOMY_PAGES}`);
      begin.call(this);
    };
  }
}
