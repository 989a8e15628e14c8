import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/**
 * The log of the stand-in for EventStoreDB: streams, `$all`, and the rules of the server for repeated
 * appends (its `IndexWriter.cs`), in memory and, where a file is named, on disk, so
 * that a stand-in that was killed comes back with what it had.
 */
export interface ProposedEvent {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  /** Base64, as it came over the wire. */
  readonly data: string;
  readonly metadata: string;
}

export interface StandInEvent extends ProposedEvent {
  readonly stream: string;
  readonly revision: bigint;
  /** Byte offset in the log, commit and prepare alike. */
  readonly position: bigint;
  /** Ticks of 100 ns since 1970. */
  readonly created: bigint;
}

export type StandInExpected = 'any' | 'exists' | 'none' | bigint;

export type StandInOutcome =
  | { readonly kind: 'success'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'conflict'; readonly actual: bigint | undefined }
  | { readonly kind: 'deleted' };

/** A record of an event is its data, its metadata and some 120 bytes around them. */
const AROUND = 120;
const TOMBSTONE_REVISION = 9_223_372_036_854_775_807n;

export class StandInLog {
  readonly #file: string | undefined;
  readonly #all: StandInEvent[] = [];
  readonly #streams = new Map<string, StandInEvent[]>();
  readonly #tombstones = new Set<string>();
  /** Where an id was written last: what the server remembers for `any`, and forgets when it stops. */
  readonly #remembered = new Map<string, StandInEvent>();
  #end = 0n;

  constructor(file?: string) {
    this.#file = file;
    if (file === undefined || !existsSync(file)) return;
    for (const line of readFileSync(file, 'utf8').split('\n')) if (line !== '') this.#recall(line);
  }

  get all(): readonly StandInEvent[] {
    return this.#all;
  }

  isTombstoned(stream: string): boolean {
    return this.#tombstones.has(stream);
  }

  /** What can be read of a stream; undefined when it was never written. */
  stream(name: string): readonly StandInEvent[] | undefined {
    return this.#streams.get(name);
  }

  append(
    stream: string,
    expected: StandInExpected,
    events: readonly ProposedEvent[],
  ): StandInOutcome {
    if (this.#tombstones.has(stream)) return { kind: 'deleted' };
    const there = this.#streams.get(stream) ?? [];
    const head = BigInt(there.length) - 1n;
    // T26: nothing appended is a success at revision 0, and the stream does not exist.
    if (events.length === 0) return { kind: 'success', revision: 0n, position: this.#end };
    const conflict = { kind: 'conflict', actual: head < 0n ? undefined : head } as const;
    if (expected === 'exists' && head < 0n) return conflict;
    if (expected === 'any' || expected === 'exists') {
      return this.#remember(stream, events, conflict) ?? this.#write(stream, there, events);
    }
    const at = expected === 'none' ? -1n : expected;
    if (at > head) return conflict;
    if (at < head) return repeated(there, at, events) ?? conflict;
    return this.#write(stream, there, events);
  }

  tombstone(stream: string): bigint {
    const position = this.#place(0);
    this.#keep({
      id: crypto.randomUUID(),
      type: '$streamDeleted',
      contentType: 'application/octet-stream',
      data: '',
      metadata: '',
      stream,
      revision: TOMBSTONE_REVISION,
      position,
      created: now(),
    });
    return position;
  }

  #remember(
    stream: string,
    events: readonly ProposedEvent[],
    conflict: StandInOutcome,
  ): StandInOutcome | undefined {
    const known = events.map(({ id }) => this.#remembered.get(id));
    const here = known.filter((each) => each?.stream === stream);
    const last = here.at(-1);
    if (known[0]?.stream !== stream || last === undefined) return undefined;
    if (here.length < events.length) return conflict;
    return { kind: 'success', revision: last.revision, position: last.position };
  }

  #write(
    stream: string,
    there: readonly StandInEvent[],
    events: readonly ProposedEvent[],
  ): StandInOutcome {
    let revision = BigInt(there.length) - 1n;
    let position = this.#end;
    for (const event of events) {
      revision += 1n;
      position = this.#place(event.data.length + event.metadata.length);
      const kept = { ...event, id: event.id.toLowerCase() };
      this.#keep({ ...kept, stream, revision, position, created: now() });
    }
    return { kind: 'success', revision, position };
  }

  #place(bytes: number): bigint {
    const position = this.#end;
    this.#end += BigInt(bytes + AROUND);
    return position;
  }

  #keep(event: StandInEvent): void {
    this.#add(event);
    this.#remembered.set(event.id, event);
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(event, asText)}\n`);
  }

  #add(event: StandInEvent): void {
    this.#all.push(event);
    if (event.type === '$streamDeleted') {
      this.#tombstones.add(event.stream);
      this.#streams.delete(event.stream);
      return;
    }
    const there = this.#streams.get(event.stream);
    if (there === undefined) this.#streams.set(event.stream, [event]);
    else there.push(event);
  }

  #recall(line: string): void {
    const { revision, position, created, ...rest } = JSON.parse(line);
    const event: StandInEvent = {
      ...rest,
      revision: BigInt(revision),
      position: BigInt(position),
      created: BigInt(created),
    };
    this.#add(event);
    this.#end = event.position + BigInt(event.data.length + event.metadata.length + AROUND);
  }
}

/** An exact revision behind the head: the very events that stand there, the first of them, or others. */
function repeated(
  there: readonly StandInEvent[],
  at: bigint,
  events: readonly ProposedEvent[],
): StandInOutcome | undefined {
  const kept = there.slice(Number(at) + 1, Number(at) + 1 + events.length);
  const last = kept.at(-1);
  const same =
    kept.length === events.length &&
    events.every(({ id }, index) => kept[index]?.id === id.toLowerCase());
  if (!same || last === undefined) return undefined;
  return { kind: 'success', revision: last.revision, position: last.position };
}

function now(): bigint {
  return BigInt(Date.now()) * 10_000n;
}

function asText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}
