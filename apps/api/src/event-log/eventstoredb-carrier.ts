import { streamOf } from '@ceasewatch/domain/recorded-event';
import { type Expected, LOG_LIMITS } from './event-log.ts';
import { EventLogError, idReused } from './event-log-error.ts';
import type { AppendAnswer, StoreClient } from './eventstoredb-client.ts';
import type { ProposedEvent } from './eventstoredb-messages.ts';
import type { StoreNames } from './eventstoredb-names.ts';
import { type KeptInStore, proposedEvent, toBeKept, vaultEvent } from './eventstoredb-record.ts';
import type { EventToKeep } from './moved-event.ts';

/**
 * Carries a log into an empty store in its own order, over all streams, many appends at a time.
 *
 * The server takes what comes over one connection in the order in which it comes, so appends need not
 * wait for each other, as long as none is left out and a later one is not: the server's own deadline is
 * therefore far away, and after the first that was not answered nothing more is sent. What is sent again
 * then, from the first that is not there, has the same ids and revisions, so that of two rows of the
 * same appends, each in order, the store keeps one, in order. Whoever calls compares what came of it.
 */
const MOST_UNDER_WAY = 128;
const ANSWER_MS = 10_000;

interface Append {
  readonly stream: string;
  readonly expected: Expected;
  readonly events: readonly ProposedEvent[];
  readonly isVault?: true;
}

export class EventStoreDbCarrier {
  readonly #client: StoreClient;
  readonly #names: StoreNames;

  constructor(client: StoreClient, names: StoreNames) {
    this.#client = client;
    this.#names = names;
  }

  /**
   * The vault's entries first, then the events.
   *
   * @throws EventLogError store_unavailable when not all are known to be written, and then no later one
   *   is; id_reused when something else stands at their place
   */
  async carry(events: readonly EventToKeep[]): Promise<void> {
    await this.#inTurn(events.flatMap((event) => this.#vaultOf(event)));
    await this.#inTurn(this.#appendsOf(events));
  }

  async #inTurn(appends: readonly Append[]): Promise<void> {
    const underWay: Promise<void>[] = [];
    const failures: unknown[] = [];
    for (const [at, append] of appends.entries()) {
      const work = this.#write(append).catch((error: unknown) => void failures.push(error));
      underWay.push(work);
      // The first opens the connection over which the others follow; answers come in their order.
      if (at === 0 || underWay.length >= MOST_UNDER_WAY) await underWay.shift();
      if (failures.length > 0) break;
    }
    await Promise.all(underWay);
    if (failures.length > 0) throw failures[0];
  }

  async #write({ stream, expected, events, isVault }: Append): Promise<void> {
    const answer = await this.#client.append(stream, expected, events, ANSWER_MS);
    if (answer.kind === 'written') return;
    // The vault of an event that was erased since, and one that was filled before something was erased.
    if (isVault && answer.kind === 'deleted') return;
    if (isVault && answer.kind === 'conflict') {
      return this.#write({ stream, expected: answer.actual, events });
    }
    throw failureOf(stream, events, answer);
  }

  #vaultOf(event: EventToKeep): readonly Append[] {
    const own = toBeKept(event);
    const left = event.erases && toBeKept(event.erases);
    const kept: readonly (KeptInStore | undefined)[] = [own, left];
    return kept.flatMap((entry): Append[] => {
      if (entry === undefined) return [];
      const stream = this.#names.vaultOf(event.envelope.id);
      return [{ stream, expected: 'none', events: [vaultEvent(entry)], isVault: true }];
    });
  }

  /** Neighbours of one stream go together, which is what a centre is founded with. */
  #appendsOf(events: readonly EventToKeep[]): readonly Append[] {
    const appends: {
      stream: string;
      expected: Expected;
      events: ProposedEvent[];
      bytes: number;
    }[] = [];
    for (const { envelope, leaf } of events) {
      const event = proposedEvent(envelope, leaf);
      if (event === undefined) {
        throw new EventLogError('malformed_append', 'a field of the event has a number for a name');
      }
      const stream = this.#names.inStore(streamOf(envelope.subject));
      const bytes = Buffer.byteLength(leaf);
      const last = appends.at(-1);
      const isNext =
        last?.stream === stream &&
        last.events.length < LOG_LIMITS.maxEvents &&
        last.bytes + bytes <= LOG_LIMITS.maxAppendBytes;
      if (last !== undefined && isNext) {
        last.events.push(event);
        last.bytes += bytes;
      } else {
        const expected = envelope.revision === 0 ? 'none' : envelope.revision - 1;
        appends.push({ stream, expected, events: [event], bytes });
      }
    }
    return appends;
  }
}

function failureOf(
  stream: string,
  events: readonly ProposedEvent[],
  answer: Exclude<AppendAnswer, { readonly kind: 'written' }>,
): EventLogError {
  switch (answer.kind) {
    case 'conflict':
      return idReused(events[0]?.id ?? '', `${stream} has another event there`);
    case 'deleted':
      return idReused(events[0]?.id ?? '', `${stream} was made unreadable in the store`);
    default: {
      const { cause } = answer;
      const why = cause instanceof Error ? cause.message : String(cause);
      return new EventLogError('store_unavailable', `the store is away: ${why}`, {}, { cause });
    }
  }
}
