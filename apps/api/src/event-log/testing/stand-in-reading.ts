import { Metadata, type ServerWritableStream, status } from '@grpc/grpc-js';
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { StandInEvent, StandInLog } from './stand-in-log.ts';
import {
  caughtUp,
  checkpoint,
  confirmation,
  eventMessage,
  notFound,
  streamName,
} from './stand-in-messages.ts';

/** What the stand-in answers to readers: single streams, `$all`, and filtered subscriptions to it. */
type Reading = ServerWritableStream<ReadReq, ReadResp>;

/** A live reader with more than this before it is cut off (T12). */
const MOST_BEHIND = 250;
/** A catch-up goes on in slices, so that the process answers others meanwhile. */
const SLICE = 500;

export interface Subscription {
  /** Sends what was appended; called after every append. */
  advance(): void;
  /** Ends the call: cleanly, or with a code. */
  end(code?: number): void;
}

export function readOnce(call: Reading, log: StandInLog): void {
  const options = call.request.getOptions();
  const count = Number(options?.getCount() ?? 0);
  const backwards = options?.getReadDirection() === 1;
  const of = options?.getStream();
  if (of === undefined) {
    for (const event of ofAll(call.request, log, backwards).slice(0, count)) {
      call.write(eventMessage(event));
    }
    call.end();
    return;
  }
  const stream = streamName(of.getStreamIdentifier());
  if (log.isTombstoned(stream)) {
    const metadata = new Metadata();
    metadata.set('exception', 'stream-deleted');
    metadata.set('stream-name', stream);
    call.emit('error', { code: status.FAILED_PRECONDITION, details: 'deleted', metadata });
    return;
  }
  const there = log.stream(stream);
  if (there === undefined) {
    call.write(notFound(stream));
    call.end();
    return;
  }
  const from = of.hasRevision() ? BigInt(of.getRevision()) : of.hasEnd() ? undefined : 0n;
  for (const event of ofStream(there, from, backwards).slice(0, count)) {
    call.write(eventMessage(event));
  }
  call.end();
}

function ofStream(
  there: readonly StandInEvent[],
  from: bigint | undefined,
  backwards: boolean,
): readonly StandInEvent[] {
  if (backwards) {
    return there.filter(({ revision }) => from === undefined || revision <= from).reverse();
  }
  return there.filter(({ revision }) => from !== undefined && revision >= from);
}

/** Forwards includes its position, backwards does not. */
function ofAll(request: ReadReq, log: StandInLog, backwards: boolean): readonly StandInEvent[] {
  const all = request.getOptions()?.getAll();
  const at = all?.getPosition();
  const position = at === undefined ? undefined : BigInt(at.getCommitPosition());
  if (backwards) {
    return log.all
      .filter(({ position: each }) => position === undefined || each < position)
      .toReversed();
  }
  if (all?.hasEnd() === true) return [];
  return log.all.filter(({ position: each }) => position === undefined || each >= position);
}

/** Follows `$all` from behind a position for ever; `deaf` keeps the call open and says nothing (T7). */
export function subscribe(
  call: Reading,
  log: StandInLog,
  isDeaf: () => boolean,
  done: () => void,
): Subscription | undefined {
  const options = call.request.getOptions();
  const filter = options?.getFilter();
  const prefixes = filter?.getStreamIdentifier()?.getPrefixList() ?? [];
  const window = (filter?.getMax() ?? 32) * (filter?.getCheckpointintervalmultiplier() ?? 1);
  const start = startOf(call.request, log);
  if (start === undefined) {
    call.emit('error', { code: status.UNKNOWN, details: 'inside of a record' });
    return undefined;
  }
  let next = start;
  let live = false;
  let over = false;
  let unseen = 0;
  const close = (): void => {
    over = true;
    done();
  };
  call.on('cancelled', close).on('close', close);
  call.write(confirmation(crypto.randomUUID()));

  const send = (event: StandInEvent): void => {
    unseen += 1;
    if (prefixes.length === 0 || prefixes.some((prefix) => event.stream.startsWith(prefix))) {
      call.write(eventMessage(event));
    }
    if (unseen < window) return;
    unseen = 0;
    call.write(checkpoint(event.position, live ? event.position : 0n));
  };
  const advance = (): void => {
    if (over || isDeaf()) return;
    if (live && call.writableLength > MOST_BEHIND) {
      over = true;
      call.emit('error', { code: status.ABORTED, details: 'Consumer too slow' });
      return;
    }
    if (!live && call.writableNeedDrain) return;
    for (const event of log.all.slice(next, next + SLICE)) send(event);
    next = Math.min(next + SLICE, log.all.length);
    if (next < log.all.length) setImmediate(advance);
    else if (!live) {
      live = true;
      call.write(caughtUp());
    }
  };
  call.on('drain', advance);
  advance();
  return {
    advance,
    end(code) {
      if (over) return;
      close();
      if (code === undefined) call.end();
      else call.emit('error', { code, details: 'the call was ended' });
    },
  };
}

/** The index of the first event behind the position; undefined inside of a record (T31). */
function startOf(request: ReadReq, log: StandInLog): number | undefined {
  const all = request.getOptions()?.getAll();
  if (all?.hasEnd() === true) return log.all.length;
  const at = all?.getPosition();
  if (at === undefined) return 0;
  const position = BigInt(at.getCommitPosition());
  const last = log.all.at(-1);
  if (last === undefined || position > last.position) return log.all.length;
  const there = log.all.findIndex((each) => each.position >= position);
  return log.all[there]?.position === position ? there + 1 : undefined;
}
