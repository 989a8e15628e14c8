import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import { TcpProxy } from '../../src/event-log/testing/tcp-proxy.ts';
import { type Ended, NodeProcess } from './node-process.ts';
import { tableDigestsOf } from './table-digests.ts';

const DAYS_98_MS = 98 * 86_400_000;

/** Three real processes on one store, and the proxy that a browser would have before it. */
export class ThreeNodes {
  readonly #base = mkdtempSync(join(tmpdir(), 'ceasewatch-three-'));
  readonly #env: Readonly<Record<string, string>>;
  readonly #running = new Map<number, { readonly node: NodeProcess; readonly address: string }>();
  #proxy: TcpProxy | undefined;
  #turn = 0;

  /** @param prefix what the streams of this log begin with */
  constructor(store: string, prefix: string) {
    const compiled = join(this.#base, 'compiled');
    this.#env = {
      EVENTSTORE_URL: store,
      EVENTSTORE_PREFIX: prefix,
      NODE_COMPILE_CACHE: compiled,
    };
    mkdirSync(compiled);
    const centre = exerciseCentre(Date.now() - DAYS_98_MS);
    writeFileSync(join(this.#base, 'centre.json'), JSON.stringify(centre));
  }

  /** All at once, on whatever the store holds. */
  async start(): Promise<void> {
    await Promise.all([0, 1, 2].map((n) => this.startOne(n)));
    this.#proxy = await TcpProxy.before(() => Number(new URL(this.any()).port));
  }

  async startOne(n: number): Promise<void> {
    const args = ['--empty', '--centre', join(this.#base, 'centre.json'), '--port', '0'];
    const node = new NodeProcess([...args, '--data', this.folder(n)], this.#env);
    this.#running.set(n, { node, address: await node.ready() });
  }

  /** Where browsers go. */
  get address(): string {
    return `http://127.0.0.1:${this.#proxy?.port ?? 0}`;
  }

  folder(n: number): string {
    return join(this.#base, `${n}`);
  }

  addressOf(n: number): string {
    const { address } = this.#node(n);
    return address;
  }

  /** A node in turn that the proxy takes for alive. */
  any(): string {
    const alive = [...this.#running.values()];
    const next = alive[(this.#turn += 1) % alive.length];
    if (next === undefined) throw new Error('no node is running');
    return next.address;
  }

  /** Taken out of the proxy first, as one that was asked whether it is ready. */
  end(n: number, signal: NodeJS.Signals): Promise<Ended> {
    const { node } = this.#node(n);
    this.#running.delete(n);
    return node.kill(signal);
  }

  forget(n: number): void {
    rmSync(this.folder(n), { recursive: true, force: true });
  }

  /** Every table of the node's files with the digest of its rows; of nodes that were stopped. */
  tables(n: number): Readonly<Record<string, string>> {
    const files = readdirSync(this.folder(n)).filter((name) =>
      /^(log-copy|read-model.*)\.sqlite$/.test(name),
    );
    const digests = files.flatMap((file) =>
      Object.entries(tableDigestsOf(join(this.folder(n), file))).map(([table, digest]) => [
        `${file} ${table}`,
        digest,
      ]),
    );
    return Object.fromEntries(digests);
  }

  async stop(): Promise<readonly Ended[]> {
    return Promise.all([...this.#running.keys()].map((n) => this.end(n, 'SIGTERM')));
  }

  async remove(): Promise<void> {
    this.#proxy?.end();
    await Promise.all([...this.#running.keys()].map((n) => this.end(n, 'SIGKILL')));
    rmSync(this.#base, { recursive: true, force: true });
  }

  #node(n: number) {
    const running = this.#running.get(n);
    if (running === undefined) throw new Error(`node ${n} is not running`);
    return running;
  }
}
