import type {
  BatchAppendReq,
  BatchAppendResp,
  ReadResp,
} from '@eventstore/db-client/generated/streams_pb.js';
import sharedPb from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import type {
  ProposedEvent,
  StandInEvent,
  StandInExpected,
  StandInOutcome,
} from './stand-in-log.ts';

/** Between the wire and the stand-in's log: messages of the client's own generated stubs. */
export function identifier(stream: string) {
  return new sharedPb.StreamIdentifier().setStreamName(Buffer.from(stream).toString('base64'));
}

export function streamName(named: { getStreamName_asU8(): Uint8Array } | undefined): string {
  return Buffer.from(named?.getStreamName_asU8() ?? []).toString('utf8');
}

export function proposed(message: BatchAppendReq.ProposedMessage): ProposedEvent {
  const metadata = message.getMetadataMap();
  return {
    id: message.getId()?.getString() ?? '',
    type: String(metadata.get('type')),
    contentType: String(metadata.get('content-type')),
    data: message.getData_asB64(),
    metadata: message.getCustomMetadata_asB64(),
  };
}

export function expectedOf(options: BatchAppendReq.Options): StandInExpected {
  if (options.hasNoStream()) return 'none';
  if (options.hasStreamExists()) return 'exists';
  if (options.hasAny()) return 'any';
  return BigInt(options.getStreamPosition());
}

/** The answer to an append; the client looks it up by its correlation id. */
export function appendAnswer(
  request: BatchAppendReq,
  stream: string,
  outcome: StandInOutcome,
): BatchAppendResp {
  const answer = new streamsPb.BatchAppendResp();
  answer.setCorrelationId(request.getCorrelationId());
  answer.setStreamIdentifier(identifier(stream));
  if (outcome.kind === 'success') {
    const { revision, position } = outcome;
    const success = new streamsPb.BatchAppendResp.Success();
    success.setCurrentRevision(`${revision}`);
    const at = new sharedPb.AllStreamPosition();
    at.setCommitPosition(`${position}`);
    at.setPreparePosition(`${position}`);
    success.setPosition(at);
    answer.setSuccess(success);
  } else if (outcome.kind === 'deleted') {
    const deleted = new sharedPb.StreamDeleted();
    deleted.setStreamIdentifier(identifier(stream));
    answer.setError(failed(deleted.serializeBinary(), 'event_store.client.StreamDeleted'));
  } else {
    const conflict = new sharedPb.WrongExpectedVersion();
    if (outcome.actual === undefined) conflict.setCurrentNoStream(new emptyPb.Empty());
    else conflict.setCurrentStreamRevision(`${outcome.actual}`);
    conflict.setExpectedNoStream(new emptyPb.Empty());
    answer.setError(failed(conflict.serializeBinary(), 'event_store.client.WrongExpectedVersion'));
  }
  return answer;
}

/** How an answer fails that is no decision of the log: no leader, or too late. */
export function failedAnswer(
  request: BatchAppendReq,
  stream: string,
  why: 'electing' | 'timeout',
): BatchAppendResp {
  const answer = new streamsPb.BatchAppendResp();
  answer.setCorrelationId(request.getCorrelationId());
  answer.setStreamIdentifier(identifier(stream));
  if (why === 'timeout') {
    answer.setError(failed(new sharedPb.Timeout().serializeBinary(), 'event_store.client.Timeout'));
  } else {
    const status = failed(new Uint8Array(0), 'google.protobuf.Empty');
    status.setMessage('Server Is Not Ready');
    answer.setError(status);
  }
  return answer;
}

function failed(details: Uint8Array, typeName: string) {
  const any = new anyPb.Any();
  any.pack(details, typeName);
  const status = new statusPb.Status();
  status.setDetails(any);
  return status;
}

export function eventMessage(event: StandInEvent): ReadResp {
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(new sharedPb.UUID().setString(event.id));
  recorded.setStreamIdentifier(identifier(event.stream));
  recorded.setStreamRevision(`${event.revision}`);
  recorded.setCommitPosition(`${event.position}`);
  recorded.setPreparePosition(`${event.position}`);
  recorded.setData(event.data);
  recorded.setCustomMetadata(event.metadata);
  const metadata = recorded.getMetadataMap();
  metadata.set('type', event.type);
  metadata.set('content-type', event.contentType);
  metadata.set('created', `${event.created}`);
  const read = new streamsPb.ReadResp.ReadEvent();
  read.setEvent(recorded);
  read.setCommitPosition(`${event.position}`);
  const message = new streamsPb.ReadResp();
  message.setEvent(read);
  return message;
}

export function notFound(stream: string): ReadResp {
  const missing = new streamsPb.ReadResp.StreamNotFound();
  missing.setStreamIdentifier(identifier(stream));
  const message = new streamsPb.ReadResp();
  message.setStreamNotFound(missing);
  return message;
}

export function confirmation(id: string): ReadResp {
  const confirmed = new streamsPb.ReadResp.SubscriptionConfirmation();
  confirmed.setSubscriptionId(id);
  const message = new streamsPb.ReadResp();
  message.setConfirmation(confirmed);
  return message;
}

/** In a long catch-up the server names a checkpoint's prepare position 0 (T10). */
export function checkpoint(commit: bigint, prepare: bigint): ReadResp {
  const reached = new streamsPb.ReadResp.Checkpoint();
  reached.setCommitPosition(`${commit}`);
  reached.setPreparePosition(`${prepare}`);
  const message = new streamsPb.ReadResp();
  message.setCheckpoint(reached);
  return message;
}

export function caughtUp(): ReadResp {
  const message = new streamsPb.ReadResp();
  message.setCaughtUp(new streamsPb.ReadResp.CaughtUp());
  return message;
}
