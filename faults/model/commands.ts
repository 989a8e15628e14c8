import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import type { Order } from './orders.ts';
import { otherwise } from './orders.ts';
import type { World } from './world.ts';

/** Everything that can happen to a node, each when it can happen at all. */
interface Happening {
  readonly can: (world: World) => boolean;
  readonly run: (world: World) => Promise<void> | void;
}

class Command implements fc.AsyncCommand<World, World> {
  readonly #name: string;
  readonly #happening: Happening;

  constructor(name: string, happening: Happening) {
    this.#name = name;
    this.#happening = happening;
  }

  check(world: World): boolean {
    return this.#happening.can(world);
  }

  async run(world: World): Promise<void> {
    await this.#happening.run(world);
  }

  toString(): string {
    return this.#name;
  }
}

const isUp = ({ isUp: up }: World) => up;
const isDown = (world: World) => !world.isUp;

/** @param which of those there are, whatever their number */
const one = <Item>(items: readonly Item[], which: number): readonly Item[] => {
  const item = items[which % items.length];
  return item === undefined ? [] : [item];
};

async function send(world: World, order: Order): Promise<void> {
  await world.ledger.send(world.node.address, order, { full: world.isFull });
}

const SINGLE: Readonly<Record<string, Happening>> = {
  submit: {
    can: isUp,
    run: (world) => send(world, world.orders.report()),
  },
  start: { can: isDown, run: (world) => world.start() },
  stop: { can: isUp, run: (world) => world.goDown('stop') },
  kill: { can: isUp, run: (world) => world.goDown('kill') },
  'disk full': {
    can: ({ node, isFull }) => node.can('run_full') && !isFull,
    run: (world) => world.fill(true),
  },
  'room again': { can: ({ isFull }) => isFull, run: (world) => world.fill(false) },
  watch: {
    can: ({ isUp: up, follower }) => up && follower.client?.isOpen !== true,
    run: (world) => world.watch(),
  },
  stall: {
    can: ({ isStalled, follower }) => follower.client?.isOpen === true && !isStalled,
    run: (world) => world.stall(),
  },
  'read on': { can: ({ isStalled }) => isStalled, run: (world) => world.readOn() },
  'connection lost': {
    can: ({ follower }) => follower.client?.isOpen === true,
    run: async (world) => {
      world.isStalled = false;
      await world.follower.leave();
    },
  },
  'rows forgotten': { can: isDown, run: ({ node }) => node.forgetRows() },
};

/** What happens to one of the reports that there are. */
const OF_ONE: Readonly<Record<string, (which: number) => Happening>> = {
  resubmit: (which) => ({
    can: (world) => isUp(world) && world.ledger.acknowledged.length > 0,
    run: async (world) => {
      for (const order of one(world.ledger.acknowledged, which)) await send(world, order);
    },
  }),
  'ask what became of it': (which) => ({
    can: (world) => isUp(world) && world.ledger.doubtful().length > 0,
    run: async (world) => {
      for (const order of one(world.ledger.doubtful(), which)) await send(world, order);
    },
  }),
  'submit other content': (which) => ({
    can: (world) => isUp(world) && world.ledger.acknowledged.length > 0,
    run: async ({ ledger, node }) => {
      for (const order of one(ledger.acknowledged, which)) {
        await ledger.sendOther(node.address, otherwise(order));
      }
    },
  }),
  correct: (which) => ({
    can: (world) => isUp(world) && standing(world).length > 0,
    run: async (world) => {
      for (const known of one(standing(world), which)) {
        await send(world, world.orders.correction(known));
      }
    },
  }),
  'retract or reinstate': (which) => ({
    can: (world) => isUp(world) && world.ledger.settled().length > 0,
    run: async (world) => {
      for (const known of one(world.ledger.settled(), which)) {
        await send(world, world.orders.turn(known));
      }
    },
  }),
};

const standing = ({ ledger }: World) =>
  ledger.settled().filter(({ status }) => status === 'recorded');

/** The node is killed so many milliseconds after a report was sent, which is or is not answered by then. */
const killedAmid = (ms: number): Happening => ({
  can: isUp,
  async run(world) {
    const { ledger, orders, node } = world;
    let isDead = false;
    const excuse = { full: world.isFull, unheard: () => isDead };
    const sent = Array.from({ length: 3 }, () => {
      return ledger.send(node.address, orders.report(), excuse);
    });
    await pause(ms);
    const going = world.goDown('kill');
    isDead = true;
    await Promise.all([going, ...sent]);
  },
});

const clockAt = (ms: number): Happening => ({
  can: ({ node }) => node.can('lose_time'),
  run: ({ node, begun }) => node.setClock(begun + ms),
});

const HOUR_MS = 3_600_000;

/** Reports most often, for without them there is nothing to lose, and of a node that is down nobody learns. */
export function commands(most: number) {
  const singles = Object.entries(SINGLE).map(([name, happening]) =>
    fc.constant(new Command(name, happening)),
  );
  const ofOne = Object.entries(OF_ONE).map(([name, happening]) =>
    fc.nat(1_000).map((which) => new Command(`${name} ${which}`, happening(which))),
  );
  const amid = fc
    .nat(12)
    .map((ms) => new Command(`kill ${ms} ms after submitting`, killedAmid(ms)));
  const jumps = fc
    .integer({ min: -48, max: 48 })
    .map((hours) => new Command(`the clock jumps to ${hours} h`, clockAt(hours * HOUR_MS)));
  const often = (name: string, times: number) =>
    singles.flatMap((single, at) =>
      Object.keys(SINGLE)[at] === name ? Array.from({ length: times }, () => single) : [],
    );
  const all = [
    ...singles,
    ...ofOne,
    ...ofOne,
    amid,
    jumps,
    ...often('submit', 10),
    ...often('start', 6),
  ];
  return fc.commands(all, { maxCommands: most, size: 'max' });
}
