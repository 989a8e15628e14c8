import 'reflect-metadata';
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import type { NodeConfig } from '../../src/config.ts';
import { copyLog } from '../../src/copy-log/copy-log.ts';
import { LogSource } from '../../src/copy-log/log-source.ts';
import { openTarget } from '../../src/copy-log/log-target.ts';
import { type RunningNode, startNode } from '../../src/node.ts';
import { storeOfTests } from './store-of-tests.ts';

/**
 * A whole node in this process, on a free port, with a folder that vanishes and a clock that stands
 * still until a test moves it. Its centre is the exercise's, in a real log unless told otherwise.
 */
export interface Answer<Body = Record<string, unknown>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface UnderTestOptions {
  readonly sort?: NodeConfig['sort'];
  readonly exercise?: NodeConfig['exercise'];
  readonly metrics?: NodeConfig['metrics'];
  /** The centre file that comes with the product instead of the exercise's centre. */
  readonly founding?: boolean;
  /** Where the log is kept; else where `storeOfTests` says. */
  readonly store?: NodeConfig['store'];
  /** In the node's own folder, whatever `storeOfTests` says: for tests that lay hands on its files. */
  readonly embedded?: true;
  /** Keeps the folder of an earlier node. */
  readonly folder?: string;
}

export const NOON = Date.parse('2026-11-22T12:00:00Z');
const DAY_MS = 86_400_000;

export class NodeUnderTest {
  readonly clock = { ms: NOON };
  readonly folder: string;
  readonly #options: UnderTestOptions;
  #running: RunningNode | undefined;

  constructor(options: UnderTestOptions = {}) {
    this.#options = options;
    this.folder = options.folder ?? mkdtempSync(join(tmpdir(), 'ceasewatch-test-'));
  }

  static async started(options: UnderTestOptions = {}): Promise<NodeUnderTest> {
    const node = new NodeUnderTest(options);
    await node.start();
    return node;
  }

  /**
   * Amid an exercise that is the same for every test which asks so. A run of all tests tells it once,
   * which takes seconds, and every later node begins on a copy.
   */
  static async amidExercise(options: Pick<UnderTestOptions, 'embedded'> = {}) {
    const node = new NodeUnderTest({ ...options, sort: 'exercise', exercise: { seed: 'told' } });
    await node.#beginOnCopyOfTold();
    await node.start();
    return node;
  }

  /** Without a run of all tests, in a folder, the node is quicker when it tells by itself. */
  async #beginOnCopyOfTold(): Promise<void> {
    const run = env['CEASEWATCH_TEST_RUN'];
    const store = await this.#store();
    const own = mkdtempSync(join(tmpdir(), 'ceasewatch-told-'));
    const told = join(run ?? own, 'told-exercise');
    if (store !== undefined) {
      await copyOfTold(told, join(own, 'copy'));
      await carry(join(own, 'copy'), store);
    } else if (run !== undefined) await copyOfTold(told, this.folder);
    rmSync(own, { recursive: true });
  }

  async #store(): Promise<NodeConfig['store']> {
    const { store, embedded } = this.#options;
    return store ?? (embedded ? undefined : await storeOfTests(this.folder));
  }

  get running(): RunningNode {
    if (this.#running === undefined) throw new Error('the node is not running');
    return this.#running;
  }

  get url(): string {
    return this.running.address;
  }

  async start(): Promise<void> {
    this.#running = await startNode(this.#config(await this.#store()), () => this.clock.ms);
  }

  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    await running?.stop();
  }

  /** Stops the node and removes its folder. */
  async end(): Promise<void> {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get<Body = Record<string, unknown>>(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.#ask(path, { headers });
  }

  post<Body = Record<string, unknown>>(
    path: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Body>> {
    return this.#ask(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    });
  }

  async text(path: string, headers: Record<string, string> = {}): Promise<string> {
    return (await fetch(`${this.url}${path}`, { headers })).text();
  }

  async #ask<Body>(path: string, init: RequestInit): Promise<Answer<Body>> {
    const response = await fetch(`${this.url}${path}`, { redirect: 'manual', ...init });
    const text = await response.text();
    const isJson = /^application\/(?:\S+\+)?json\b/.test(
      response.headers.get('content-type') ?? '',
    );
    return {
      status: response.status,
      headers: response.headers,
      body: isJson ? JSON.parse(text) : text,
    };
  }

  #config(store: NodeConfig['store']): NodeConfig {
    const { sort = 'real', exercise = {}, metrics, founding = false } = this.#options;
    return {
      port: 0,
      host: '127.0.0.1',
      loopback: true,
      data: this.folder,
      sort,
      exercise,
      ...(sort === 'real' && !founding ? { centreFile: this.#centreFile() } : {}),
      ...(metrics === undefined ? {} : { metrics }),
      ...(store === undefined ? {} : { store }),
    };
  }

  #centreFile(): string {
    const path = join(this.folder, 'centre.json');
    writeFileSync(path, JSON.stringify(exerciseCentre(NOON - 98 * DAY_MS)));
    return path;
  }
}

async function copyOfTold(told: string, into: string): Promise<void> {
  if (!existsSync(told)) {
    const teller = new NodeUnderTest({
      sort: 'exercise',
      exercise: { seed: 'told' },
      embedded: true,
    });
    await teller.start();
    await teller.stop();
    try {
      renameSync(teller.folder, told);
    } catch (error) {
      // Another worker was first; what it was told is the same.
      rmSync(teller.folder, { recursive: true });
      if (!existsSync(told)) throw error;
    }
  }
  cpSync(told, into, { recursive: true });
}

/** Moves the log of a folder into a store, as an operator would. */
async function carry(folder: string, store: NonNullable<NodeConfig['store']>): Promise<void> {
  const source = await LogSource.open({ kind: 'folder', folder });
  const [first] = source.page(-1, 1);
  if (first === undefined) throw new Error('the exercise that was told is empty');
  const target = await openTarget({ kind: 'store', ...store }, first);
  await copyLog(source, target, () => undefined);
  await target.close();
  await source.close();
}
