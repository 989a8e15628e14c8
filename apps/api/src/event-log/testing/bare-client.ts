import {
  EventStoreDBClient,
  END,
  jsonEvent,
  NO_STREAM,
  type Position,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import type { Expected } from '../event-log.ts';
import type { ProposedEvent } from '../eventstoredb-messages.ts';

type BareEvent = ReturnType<typeof bareEvent>;

/** What the client writes, made of the text that ours writes. */
export function bareEvent({ id, type, data }: ProposedEvent) {
  const value: Record<string, unknown> = JSON.parse(data);
  return jsonEvent({ id, type, data: value });
}

/** The store's own client with nothing around it: what ours is measured against. */
export class BareClient {
  readonly #client: EventStoreDBClient;
  readonly #prefix: string;

  constructor(url: string, prefix: string) {
    this.#client = EventStoreDBClient.connectionString(url);
    this.#prefix = prefix;
  }

  /** Events behind the newest of a stream, or of one that does not exist, in one append. */
  async append(
    stream: string,
    written: readonly BareEvent[],
    newest: Expected = 'none',
  ): Promise<void> {
    const expectedRevision = newest === 'none' ? NO_STREAM : BigInt(newest);
    await this.#client.appendToStream(stream, [...written], { expectedRevision });
  }

  /**
   * Tells the id of every event behind `from`, parsed by the client and nothing more, until it is
   * stopped. Resolves when the server has begun to send. A subscription that the server cuts off (T12)
   * says nothing more by itself, so another goes on behind the last event.
   */
  async follow(from: 'start' | 'end', told: (id: string) => void): Promise<() => Promise<void>> {
    let behind: Position | typeof START | typeof END = from === 'start' ? START : END;
    let stopped = false;
    let stop = async (): Promise<void> => undefined;
    const subscribe = async (): Promise<void> => {
      const subscription = this.#client.subscribeToAll({
        fromPosition: behind,
        filter: streamNameFilter({ prefixes: [this.#prefix], maxSearchWindow: 1_000 }),
      });
      stop = () => subscription.unsubscribe();
      subscription.on('data', ({ event }) => {
        if (event === undefined) return;
        behind = event.position;
        told(event.id);
      });
      await new Promise<void>((resolve, reject) => {
        // The same end may be told twice.
        subscription.once('confirmation', resolve).on('error', reject);
      });
      subscription.once('error', () => void (stopped || subscribe()));
    };
    await subscribe();
    return () => {
      stopped = true;
      return stop();
    };
  }

  async end(): Promise<void> {
    await this.#client.dispose();
  }
}
