import { BareClient } from '../../apps/api/src/event-log/testing/bare-client.ts';
import type { Contender, Row, Running } from '../harness.ts';
import { sampleEvents } from '../sample-events.ts';
import {
  BARE_CLIENT,
  openNode,
  type OwnStore,
  ownStore,
  recordsOf,
  THE_STORE,
} from '../store-contenders.ts';

/**
 * A node without a folder follows the whole log into its copy: numbered, hashed, chained, on disk. The
 * bare client receives the same events and drops them. Neither can stop on the way, so all of it is
 * followed in the measured run and none of it before.
 */
const IN_A_STREAM = 400;
let filled: Promise<OwnStore> | undefined;

/** A log of many long streams, without disclosures, written once for all rounds. */
async function filledStore(events: number): Promise<OwnStore> {
  const store = await ownStore();
  const { end } = await openNode(store);
  await end();
  const client = new BareClient(store.url, store.prefix);
  const streams = Math.ceil(events / IN_A_STREAM);
  const samples = sampleEvents(streams * IN_A_STREAM, streams);
  for (let n = 0; n < streams; n += 1) {
    const records = samples
      .filter((_, at) => at % streams === n)
      .map((sample) => recordsOf(sample, store.prefix).event);
    const [first] = records;
    if (first === undefined) throw new Error('a stream has events');
    await client.append(
      first.stream,
      records.map(({ event }) => event),
    );
  }
  await client.end();
  return store;
}

function following(
  name: string,
  follow: (store: OwnStore, events: number) => Promise<() => Promise<void>>,
): Contender {
  return {
    name,
    async start(units, warmUp): Promise<Running> {
      const store = await (filled ??= filledStore(units));
      let end = async (): Promise<void> => undefined;
      return {
        async run(count) {
          if (count !== warmUp) end = await follow(store, units);
        },
        stop: () => end(),
      };
    },
  };
}

/** It is open when it has caught up. */
const node = following('a node from nothing', async (store, events) => {
  const { log, end } = await openNode(store);
  if (log.head().seq < events) throw new Error(`only ${log.head().seq} events are here`);
  return end;
});

const bare = following(BARE_CLIENT, async ({ url, prefix }, events) => {
  const client = new BareClient(url, prefix);
  let count = 0;
  let done = (): void => undefined;
  const all = new Promise<void>((resolve) => (done = resolve));
  const stop = await client.follow('start', () => {
    count += 1;
    if (count > events) done();
  });
  await all;
  return async () => {
    await stop();
    await client.end();
  };
});

export const row: Row = {
  name: 'store-catch-up',
  title: `the whole log of ${THE_STORE} followed into an empty node`,
  unit: 'event',
  rounds: 2,
  units: 200_000,
  aim: { ratio: 0.8, of: BARE_CLIENT },
  contenders: [node, bare],
};
