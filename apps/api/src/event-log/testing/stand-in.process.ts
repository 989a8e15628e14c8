// EventStoreDB's stand-in as a process of its own (the client's generated classes share one global
// namespace, so client and server cannot live in one). It speaks the real protocol, says its port on
// its channel, and misbehaves as it is told there.
import { argv } from 'node:process';
import { Metadata, Server, ServerCredentials, status } from '@grpc/grpc-js';
import type { sendUnaryData, ServerDuplexStream, ServerUnaryCall } from '@grpc/grpc-js';
import type { ClusterInfo } from '@eventstore/db-client/generated/gossip_pb.js';
import type {
  BatchAppendReq,
  BatchAppendResp,
  TombstoneReq,
  TombstoneResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import featuresGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { StandInOrder } from './stand-in.ts';
import { type ProposedEvent, StandInLog } from './stand-in-log.ts';
import {
  appendAnswer,
  expectedOf,
  failedAnswer,
  notFound,
  proposed,
  streamName,
} from './stand-in-messages.ts';
import { readOnce, subscribe, type Subscription } from './stand-in-reading.ts';

const [port = '0', file] = argv.slice(2);
const log = new StandInLog(file);
const subscriptions = new Set<Subscription>();
let order: StandInOrder = {};

function tell(): void {
  for (const each of subscriptions) each.advance();
}

function tellOfAppend(): void {
  if (order.tellAfterMs === undefined) tell();
  else setTimeout(tell, order.tellAfterMs);
}

interface Collected {
  readonly request: BatchAppendReq;
  readonly events: ProposedEvent[];
}

function batchAppend(call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>): void {
  const collecting = new Map<string, Collected>();
  call.on('data', (request: BatchAppendReq) => {
    const id = request.getCorrelationId()?.getString() ?? '';
    const begun = collecting.get(id) ?? { request, events: [] };
    begun.events.push(...request.getProposedMessagesList().map(proposed));
    collecting.set(id, begun);
    if (!request.getIsFinal()) return;
    collecting.delete(id);
    setTimeout(() => answer(call, begun), order.writeAfterMs ?? order.answerAfterMs ?? 0);
  });
  call.on('end', () => call.end());
  call.on('error', () => undefined);
}

function answer(
  call: ServerDuplexStream<BatchAppendReq, BatchAppendResp>,
  { request, events }: Collected,
): void {
  const options = request.getOptions();
  const stream = streamName(options?.getStreamIdentifier());
  const { appends } = order;
  if (options === undefined || appends === 'swallowed') return;
  if (appends === 'electing') return void call.write(failedAnswer(request, stream, 'electing'));
  const deadline = options.getDeadline()?.toDate() ?? new Date(Number.MAX_SAFE_INTEGER);
  if (deadline.getTime() < Date.now())
    return void call.write(failedAnswer(request, stream, 'timeout'));
  const there = appends === 'racing' ? log.stream(stream)?.at(-1) : undefined;
  const outcome =
    there === undefined
      ? log.append(stream, expectedOf(options), events)
      : ({ kind: 'conflict', actual: there.revision } as const);
  tellOfAppend();
  if (appends === 'mute') return;
  if (appends === 'cut')
    return void call.emit('error', { code: status.UNAVAILABLE, details: 'cut' });
  if (appends === 'ended') return void call.end();
  if (appends === 'stray')
    request.setCorrelationId(new sharedPb.UUID().setString(crypto.randomUUID()));
  call.write(appendAnswer(request, stream, outcome));
}

function tombstone(
  call: ServerUnaryCall<TombstoneReq, TombstoneResp>,
  done: sendUnaryData<TombstoneResp>,
): void {
  const stream = streamName(call.request.getOptions()?.getStreamIdentifier());
  if (log.isTombstoned(stream)) {
    const metadata = new Metadata();
    metadata.set('exception', 'stream-deleted');
    metadata.set('stream-name', stream);
    return done({ code: status.FAILED_PRECONDITION, details: 'deleted', metadata });
  }
  log.tombstone(stream);
  tell();
  done(null, new streamsPb.TombstoneResp());
}

function members(): ClusterInfo {
  const member = new gossipPb.MemberInfo();
  member.setInstanceId(new sharedPb.UUID().setString(crypto.randomUUID()));
  member.setState(gossipPb.MemberInfo.VNodeState.LEADER);
  member.setIsAlive(true);
  const point = new gossipPb.EndPoint();
  point.setAddress('127.0.0.1');
  point.setPort(listening);
  member.setHttpEndPoint(point);
  const cluster = new gossipPb.ClusterInfo();
  cluster.setMembersList([member]);
  return cluster;
}

const server = new Server();
server.addService(streamsGrpc.StreamsService, {
  read(call: Parameters<typeof subscribe>[0]) {
    const stream = call.request.getOptions()?.getStream()?.getStreamIdentifier();
    if (call.request.getOptions()?.hasSubscription() !== true) {
      if (order.reads === 'refused') {
        call.emit('error', { code: status.UNAUTHENTICATED, details: 'unknown user' });
      } else if (order.reads === 'blind' && stream !== undefined) {
        call.write(notFound(streamName(stream)));
        call.end();
      } else if (order.reads !== 'silent') {
        setTimeout(() => readOnce(call, log), order.answerAfterMs ?? 0);
      }
      return;
    }
    const made: { subscription?: Subscription } = {};
    const subscription = subscribe(
      call,
      log,
      () => order.subscriptions === 'deaf',
      () => made.subscription && subscriptions.delete(made.subscription),
    );
    if (subscription === undefined) return;
    made.subscription = subscription;
    subscriptions.add(subscription);
  },
  batchAppend,
  tombstone,
});
server.addService(featuresGrpc.ServerFeaturesService, {
  getSupportedMethods(_: unknown, done: sendUnaryData<unknown>) {
    const batch = new featuresPb.SupportedMethod();
    batch.setServiceName('event_store.client.streams.streams');
    batch.setMethodName('batchappend');
    const methods = new featuresPb.SupportedMethods();
    methods.addMethods(batch);
    methods.setEventStoreServerVersion('23.10.8');
    done(null, methods);
  },
});
server.addService(gossipGrpc.GossipService, {
  read: (_: unknown, done: sendUnaryData<unknown>) => done(null, members()),
});

process.on('message', (next: StandInOrder) => {
  order = next;
  if (next.endSubscriptions !== undefined) {
    const { code } = next.endSubscriptions;
    for (const each of subscriptions) each.end(code);
  }
  tell();
  process.send?.({ done: true });
});
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => {
  for (const each of subscriptions) each.end(status.INTERNAL);
  server.forceShutdown();
  process.exit(0);
});

const listening = await new Promise<number>((resolve, reject) => {
  server.bindAsync(`127.0.0.1:${port}`, ServerCredentials.createInsecure(), (error, bound) =>
    error === null ? resolve(bound) : reject(error),
  );
});
process.send?.({ listening });
