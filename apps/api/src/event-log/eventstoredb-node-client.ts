import type { Readable } from 'node:stream';
import { EventStoreDBClient, type Position } from '@eventstore/db-client';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import type { Status } from '@eventstore/db-client/generated/status_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { ClientDuplexStream } from '@grpc/grpc-js';
import type { Expected } from './event-log.ts';
import {
  type Acknowledged,
  acknowledgedBy,
  appendRequest,
  type ProposedEvent,
  saidBy,
} from './eventstoredb-messages.ts';

/**
 * The store's client: its connections, its discovery of the leader, its TLS and its reads are used as
 * they are. The two calls that carry everything, appends and the subscription, are made over the same
 * connections with messages of our own (`eventstoredb-messages.ts`), which also rids us of what its own
 * appends do: an answer to nobody ends the process, and the end of one call gives up those of all (T3, T5).
 */
export type SentAnswer = Acknowledged | { readonly failed: Status | undefined };

type Appends = ClientDuplexStream<Buffer, Buffer>;

interface Waiting {
  readonly resolve: (answer: SentAnswer) => void;
  readonly reject: (cause: unknown) => void;
}

const SERVICE = '/event_store.client.streams.Streams';
/** The server looks through this many records for the next that passes the filter. */
const SEARCH_WINDOW = 1_000;
const CHECKPOINT_WINDOWS = 10;
const asItIs = (message: Buffer): Buffer => message;

export class NodeClient extends EventStoreDBClient {
  /** One call of appends for each connection, and who waits for answers of it. */
  readonly #calls = new WeakMap<streamsGrpc.StreamsClient, Appends | Promise<Appends>>();
  readonly #waiting = new WeakMap<Appends, Map<string, Waiting>>();

  /** Resolves when a server has answered; appends do not begin before it either (T9). */
  async reached(): Promise<void> {
    await this.capabilities;
  }

  /** Waits for ever; an answer that comes when nobody waits any more is dropped. */
  async send(
    stream: string,
    expected: Expected,
    events: readonly ProposedEvent[],
    deadlineMs: number,
  ): Promise<SentAnswer> {
    const call = await this.GRPCStreamCreator(
      streamsGrpc.StreamsClient,
      'appendToStream',
      (client) => this.#openAppends(client),
      this.#calls,
    )();
    const waiting = this.#waiting.get(call);
    if (waiting === undefined || call.destroyed) throw new Error('the call is over');
    const correlation = crypto.randomUUID();
    return new Promise((resolve, reject) => {
      waiting.set(correlation, { resolve, reject });
      call.write(appendRequest(correlation, stream, expected, Date.now() + deadlineMs, events));
    });
  }

  /** Every record behind a position whose stream has one of the prefixes, for ever. */
  async following(from: Position | undefined, prefixes: readonly string[]): Promise<Readable> {
    const request = Buffer.from(followRequest(from, prefixes).serializeBinary());
    const [metadata, options] = this.callArguments({}, { deadline: Infinity });
    const call = await this.GRPCStreamCreator(
      streamsGrpc.StreamsClient,
      'subscribeToAll',
      (client) =>
        client.makeServerStreamRequest(
          `${SERVICE}/Read`,
          asItIs,
          saidBy,
          request,
          metadata,
          options,
        ),
    )();
    // Destroyed here, it goes on at the server until it is cancelled.
    call.on('close', () => call.cancel());
    return call;
  }

  async end(): Promise<void> {
    await this.dispose();
    (await this.getChannel()).close();
  }

  #openAppends(client: streamsGrpc.StreamsClient): Appends {
    const waiting = new Map<string, Waiting>();
    const [metadata, options] = this.callArguments({}, { deadline: Infinity });
    const call = client.makeBidiStreamRequest(
      `${SERVICE}/BatchAppend`,
      asItIs,
      asItIs,
      metadata,
      options,
    );
    const over = (cause: unknown): void => {
      for (const { reject } of waiting.values()) reject(cause);
      waiting.clear();
      // Nobody is to write into it any more, and the client makes another for who comes next.
      call.destroy();
    };
    call.on('data', (message: Buffer) => {
      try {
        const answer = acknowledgedBy(message);
        const said = answer.revision === undefined ? failed(message) : answer;
        waiting.get(answer.correlation)?.resolve(said);
        waiting.delete(answer.correlation);
      } catch (error) {
        // An answer that cannot be read leaves open whose it was.
        over(error);
      }
    });
    call.on('error', over);
    // A server that ends the call in peace is told by this alone: neither a close nor an error follows (T7).
    call.on('end', () => over(new Error('the call was ended')));
    call.on('close', () => over(new Error('the call was ended')));
    this.#waiting.set(call, waiting);
    return call;
  }
}

function failed(message: Buffer): SentAnswer {
  return { failed: streamsPb.BatchAppendResp.deserializeBinary(message).getError() };
}

function followRequest(from: Position | undefined, prefixes: readonly string[]) {
  const { ReadReq } = streamsPb;
  const all = new ReadReq.Options.AllOptions();
  if (from === undefined) all.setStart(new sharedPb.Empty());
  else {
    const position = new ReadReq.Options.Position();
    position.setCommitPosition(`${from.commit}`);
    position.setPreparePosition(`${from.prepare}`);
    all.setPosition(position);
  }
  const names = new ReadReq.Options.FilterOptions.Expression();
  names.setPrefixList([...prefixes]);
  const filter = new ReadReq.Options.FilterOptions();
  filter.setStreamIdentifier(names);
  filter.setMax(SEARCH_WINDOW);
  filter.setCheckpointintervalmultiplier(CHECKPOINT_WINDOWS);
  const uuid = new ReadReq.Options.UUIDOption();
  uuid.setString(new sharedPb.Empty());
  const options = new ReadReq.Options();
  options.setAll(all);
  options.setResolveLinks(false);
  options.setSubscription(new ReadReq.Options.SubscriptionOptions());
  options.setUuidOption(uuid);
  options.setFilter(filter);
  const request = new ReadReq();
  request.setOptions(options);
  return request;
}
