import { isDeepStrictEqual } from 'node:util';
import { allChanges, LiveFollower } from '../../apps/api/test/testing/live-follower.ts';
import { until } from '../../apps/api/test/testing/until.ts';
import { textOf } from './asking.ts';
import type { FaultyNode } from './faulty-node.ts';
import { Ledger } from './ledger.ts';
import { Orders } from './orders.ts';

/** A node, somebody who reports to it, and somebody who watches it live, through whatever happens. */
export class World {
  readonly ledger = new Ledger();
  readonly orders: Orders;
  readonly follower = new LiveFollower();
  readonly node: FaultyNode;
  /** What its clock said then. */
  readonly begun: number;
  isUp = false;
  isFull = false;
  /** Whether the watcher does not read just now. */
  isStalled = false;

  constructor(node: FaultyNode, seed: string) {
    this.node = node;
    this.begun = node.now;
    this.orders = new Orders(seed, this.begun);
  }

  async start(): Promise<void> {
    await this.node.start();
    this.isUp = true;
  }

  /** Whoever watched a node that is gone sees its connection end. */
  async goDown(how: 'kill' | 'stop'): Promise<void> {
    const going = this.node[how]();
    this.isUp = false;
    this.isStalled = false;
    await Promise.all([going, this.follower.leave()]);
  }

  async watch(): Promise<void> {
    this.isStalled = false;
    await this.follower.connect(this.node.address);
  }

  stall(): void {
    this.follower.client?.stopReading();
    this.isStalled = true;
  }

  readOn(): void {
    this.follower.client?.readOn();
    this.isStalled = false;
  }

  fill(isFull: boolean): void {
    this.node.fill(isFull);
    this.isFull = isFull;
  }

  /**
   * After everything: what was doubtful is asked for, and then log, rows and watcher have to be what was
   * acknowledged, also after the rows were built anew.
   */
  async judge(): Promise<readonly string[]> {
    this.fill(false);
    if (!this.isUp) await this.start();
    for (const order of this.ledger.doubtful()) await this.ledger.send(this.node.address, order);
    await this.ledger.compare(this.node.address);
    await this.#judgeWatcher();
    const before = await this.#shown();
    await this.goDown('kill');
    this.node.forgetRows();
    await this.start();
    const anew = await this.#shown();
    const { broken } = this.ledger;
    return before === anew ? broken : [...broken, 'rows that were built anew are other rows'];
  }

  async #judgeWatcher(): Promise<void> {
    const { follower, ledger } = this;
    if (this.isStalled) this.readOn();
    if (follower.client?.isOpen !== true) await this.watch();
    const changes = await allChanges(this.node.address);
    const last = changes.at(-1)?.seq ?? -1;
    await until(() => follower.position >= last);
    if (follower.gaps > 0 || follower.reloads > 0) {
      ledger.broken.push(
        `the watcher met ${follower.gaps} gaps, ${follower.reloads} new beginnings`,
      );
    }
    if (!isDeepStrictEqual(follower.applied, changes)) {
      ledger.broken.push('the watcher was told something else than the log has');
    }
  }

  async #shown(): Promise<string> {
    const { address } = this.node;
    return `${await textOf(`${address}/api/observations.ndjson`)}${JSON.stringify(await allChanges(address))}`;
  }
}
