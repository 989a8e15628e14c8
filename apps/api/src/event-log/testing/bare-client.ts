import {
  EventStoreDBClient,
  END,
  jsonEvent,
  NO_STREAM,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
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

  /** Events of a stream that does not exist, in one append. */
  async append(stream: string, written: readonly BareEvent[]): Promise<void> {
    await this.#client.appendToStream(stream, [...written], { expectedRevision: NO_STREAM });
  }

  /**
   * Tells the id of every event behind `from`, parsed by the client and nothing more, until it is
   * stopped. Resolves when the server has begun to send.
   */
  async follow(from: 'start' | 'end', told: (id: string) => void): Promise<() => Promise<void>> {
    const subscription = this.#client.subscribeToAll({
      fromPosition: from === 'start' ? START : END,
      filter: streamNameFilter({ prefixes: [this.#prefix], maxSearchWindow: 1_000 }),
    });
    subscription.on('data', ({ event }) => {
      if (event !== undefined) told(event.id);
    });
    await new Promise<void>((resolve, reject) => {
      subscription.once('confirmation', resolve).once('error', reject);
    });
    return () => subscription.unsubscribe();
  }

  async end(): Promise<void> {
    await this.#client.dispose();
  }
}
