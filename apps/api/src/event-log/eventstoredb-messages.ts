import type { Expected } from './event-log.ts';

/**
 * The two messages of the store's protocol that are written and read by the thousand: an append, and
 * a record of a subscription (`BatchAppendReq` and `ReadResp` of event_store.client.streams). The
 * client's generated classes take four times as long for them; every other message is left to those.
 */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  /** JSON, as it is to be kept. */
  readonly data: string;
  /** Which append writes it: a success may be of what another append wrote under the same id (T27). */
  readonly mark?: string;
}

/** One append as the server reads it. `deadline`: milliseconds since 1970. */
export function appendRequest(
  correlation: string,
  stream: string,
  expected: Expected,
  deadline: number,
  events: readonly ProposedEvent[],
): Buffer {
  const seconds = Math.floor(deadline / 1_000);
  const timestamp = [
    number(1, seconds),
    number(2, Math.floor((deadline - seconds * 1_000) * 1_000_000)),
  ];
  const options = [
    bytes(1, bytes(3, Buffer.from(stream))),
    expected === 'none' ? bytes(3) : number(2, expected),
    bytes(6, ...timestamp),
  ];
  const proposed = events.map(({ id, type, data, mark }) =>
    bytes(
      3,
      uuid(1, id),
      named('type', type),
      JSON_CONTENT,
      ...(mark === undefined ? [] : [bytes(3, Buffer.from(JSON.stringify({ append: mark })))]),
      bytes(4, Buffer.from(data)),
    ),
  );
  return Buffer.concat([uuid(1, correlation), bytes(2, ...options), ...proposed, number(4, 1)]);
}

function uuid(field: number, id: string): Buffer {
  return bytes(field, bytes(2, Buffer.from(id, 'latin1')));
}

function named(name: string, value: string): Buffer {
  return bytes(2, bytes(1, Buffer.from(name)), bytes(2, Buffer.from(value)));
}

const JSON_TYPE = 'application/json';
const JSON_CONTENT = named('content-type', JSON_TYPE);

/** A field of a number that is not negative; 0 is written too, because it may be one of several. */
function number(field: number, value: number): Buffer {
  return Buffer.from([field * 8, ...varint(value)]);
}

function bytes(field: number, ...parts: readonly Buffer[]): Buffer {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Buffer.from([field * 8 + 2, ...varint(length)]), ...parts]);
}

function varint(value: number): readonly number[] {
  const groups: number[] = [];
  let left = value;
  for (; left >= 0x80; left = Math.floor(left / 0x80)) groups.push((left % 0x80) + 0x80);
  groups.push(left);
  return groups;
}

/** An answer to an append. Without a revision it was refused, which the generated class says more of. */
export interface Acknowledged {
  readonly correlation: string;
  /** Of the last event that was written: the name in the protocol is wrong (T19). */
  readonly revision: number | undefined;
}

/** @throws RangeError for what is no message of the protocol */
export function acknowledgedBy(message: Buffer): Acknowledged {
  let correlation = '';
  let revision: number | undefined;
  const fields = new Fields(message, 0, message.length);
  while (fields.next()) {
    if (fields.field === 1) correlation = inner(message, fields, 2);
    else if (fields.field === 3) revision = writtenUpTo(message, fields);
  }
  return { correlation, revision };
}

function writtenUpTo(message: Buffer, { from, to }: Fields): number {
  const fields = new Fields(message, from, to);
  while (fields.next()) if (fields.field === 1) return Number(fields.number);
  throw new RangeError('the store does not say what it wrote');
}

/** What a subscription says. */
export type Said =
  | { readonly kind: 'event'; readonly event: FollowedEvent }
  | { readonly kind: 'confirmation' | 'checkpoint' | 'caught up' | 'other' };

/** A record as it was read; what calls itself JSON and is none stays a text (T20). */
export interface ReadEvent {
  readonly streamId: string;
  readonly id: string;
  readonly revision: bigint;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: unknown;
  /** Which append wrote it, and where it lies; absent where it was read by its stream. */
  readonly mark?: string;
  readonly position?: Place;
}

export interface Place {
  readonly commit: bigint;
  readonly prepare: bigint;
}

export interface FollowedEvent extends ReadEvent {
  readonly position: Place;
}

/** @throws RangeError for what is no message of the protocol */
export function saidBy(message: Buffer): Said {
  const fields = new Fields(message, 0, message.length);
  while (fields.next()) {
    if (fields.field === 1) return resolved(message, fields);
    const kind = SAID[fields.field];
    if (kind !== undefined) return { kind };
  }
  return OTHER;
}

const OTHER = { kind: 'other' } as const;
const SAID: Readonly<Record<number, 'confirmation' | 'checkpoint' | 'caught up'>> = {
  2: 'confirmation',
  3: 'checkpoint',
  8: 'caught up',
};

/** A link whose target is gone has no event (T22). */
function resolved(message: Buffer, { from, to }: Fields): Said {
  const fields = new Fields(message, from, to);
  while (fields.next()) {
    if (fields.field === 1) return { kind: 'event', event: recorded(message, fields) };
  }
  return OTHER;
}

const MARK = /^\{"append":"([\w-]{1,64})"\}$/;

function recorded(message: Buffer, { from, to }: Fields): FollowedEvent {
  let [id, streamId, type, contentType, text] = ['', '', '', '', ''];
  let [revision, prepare, commit] = [0n, 0n, 0n];
  let mark: string | undefined;
  const fields = new Fields(message, from, to);
  while (fields.next()) {
    switch (fields.field) {
      case 1:
        id = inner(message, fields, 2);
        break;
      case 2:
        streamId = inner(message, fields, 3);
        break;
      case 3:
        revision = fields.number;
        break;
      case 4:
        prepare = fields.number;
        break;
      case 5:
        commit = fields.number;
        break;
      case 6: {
        const name = inner(message, fields, 1);
        if (name === 'type') type = inner(message, fields, 2);
        else if (name === 'content-type') contentType = inner(message, fields, 2);
        break;
      }
      case 7:
        mark = MARK.exec(fields.text)?.[1];
        break;
      case 8:
        text = fields.text;
        break;
      default:
    }
  }
  const isJson = contentType === JSON_TYPE;
  const data = isJson ? valueOf(text) : text;
  const event = { streamId, id, revision, type, isJson, data, position: { commit, prepare } };
  return mark === undefined ? event : { ...event, mark };
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

/** A text within a message within a message. */
function inner(message: Buffer, { from, to }: Fields, field: number): string {
  const fields = new Fields(message, from, to);
  while (fields.next()) if (fields.field === field) return fields.text;
  return '';
}

/** The fields of one protobuf message, one after the other, where they lie. */
class Fields {
  field = 0;
  /** Of a numeric field. */
  number = 0n;
  /** Where the bytes of the others lie. */
  from = 0;
  to = 0;
  readonly #message: Buffer;
  readonly #end: number;
  #at: number;

  constructor(message: Buffer, from: number, to: number) {
    this.#message = message;
    this.#at = from;
    this.#end = to;
  }

  get text(): string {
    return this.#message.toString('utf8', this.from, this.to);
  }

  next(): boolean {
    if (this.#at >= this.#end) return false;
    const tag = this.#varint();
    this.field = tag >>> 3;
    switch (tag & 7) {
      case 0:
        this.number = this.#long();
        return true;
      case 1:
        return this.#bytes(8);
      case 2:
        return this.#bytes(this.#varint());
      case 5:
        return this.#bytes(4);
      default:
        throw new RangeError(`no field of the protocol: ${tag}`);
    }
  }

  #bytes(length: number): true {
    this.from = this.#at;
    this.to = this.#at += length;
    if (this.to > this.#end) throw new RangeError('a message of the store is cut off');
    return true;
  }

  /** A tag or a length: below 2^31. */
  #varint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.#byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new RangeError('a length of the store is none');
  }

  /** Up to 64 bits. */
  #long(): bigint {
    let [low, high] = [0, 0];
    for (let group = 0; group < 10; group += 1) {
      const byte = this.#byte();
      if (group < 5) low += (byte & 0x7f) * 2 ** (7 * group);
      else high += (byte & 0x7f) * 2 ** (7 * (group - 5));
      if (byte < 0x80) return high === 0 ? BigInt(low) : BigInt(low) + (BigInt(high) << 35n);
    }
    throw new RangeError('a number of the store is none');
  }

  #byte(): number {
    const byte = this.#message[this.#at];
    this.#at += 1;
    if (byte === undefined) throw new RangeError('a message of the store is cut off');
    return byte;
  }
}
