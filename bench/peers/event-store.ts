import { randomBytes } from 'node:crypto';
import { env } from 'node:process';
import { BareClient } from '../../apps/api/src/event-log/testing/bare-client.ts';
import { byWriters } from '../contenders.ts';
import type { Contender } from '../harness.ts';
import type { FollowedStore } from '../paced.ts';
import type { SampleEvent } from '../sample-events.ts';
import { sampleEvents } from '../sample-events.ts';
import { recordsOf } from '../store-contenders.ts';

/** The event alone, over the client of its makers, on the server of `EVENTSTORE_TEST_URL`. */
export const EVENT_STORE = 'EventStoreDB with its own client';

export const EVENT_STORE_VARIABLE = 'EVENTSTORE_TEST_URL';

export function eventStore(writers: number, streamsOf: (events: number) => number): Contender {
  return {
    name: EVENT_STORE,
    async start(units) {
      const { client, append } = opened();
      const events = sampleEvents(units, streamsOf(units));
      return { run: byWriters(writers, events, append), stop: () => client.end() };
    },
  };
}

export async function followedEventStore(told: (id: string) => void): Promise<FollowedStore> {
  const { client, append } = opened();
  const unfollow = await client.follow('end', told);
  return {
    append,
    async stop() {
      await unfollow();
      await client.end();
    },
  };
}

/** Streams of nobody else. */
function opened() {
  const url = env[EVENT_STORE_VARIABLE];
  if (url === undefined) throw new Error(`${EVENT_STORE_VARIABLE} is not set`);
  const prefix = `b${randomBytes(6).toString('hex')}`;
  const client = new BareClient(url, prefix);
  const append = async (sample: SampleEvent): Promise<void> => {
    const { stream, event } = recordsOf(sample, prefix).event;
    const { revision } = sample.event.envelope;
    await client.append(stream, [event], revision === 0 ? 'none' : revision - 1);
  };
  return { client, append };
}
