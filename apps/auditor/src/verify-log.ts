import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { type Envelope, envelopeSchema, streamOf } from '@ceasewatch/domain/recorded-event';
import { MalformedEvent, UnknownEventType, validateEvent } from '@ceasewatch/domain/upcast';
import { isCanonicalJson } from '@ceasewatch/tlog/canonical-json';
import { chainNext, chainStart, sameHash } from '@ceasewatch/tlog/chain';
import { eventIdBytes } from '@ceasewatch/tlog/event-id';
import { leafHash, MAX_LEAF_BYTES } from '@ceasewatch/tlog/leaf';
import type { Sha256 } from '@ceasewatch/tlog/sha256';
import { Flaw } from './flaw.ts';
import { type LogFile, type LogRow, messageOf } from './log-file.ts';
import { Vault } from './verify-vault.ts';

/**
 * Walks a log from event 0 to its end and believes nothing: every leaf is hashed and chained again,
 * every number, revision and time is held against its predecessor, every event's data against the schema
 * of its type, every disclosure against its digest. It stops at the first flaw and names it.
 */
export interface VerifiedLog {
  readonly logId: string;
  readonly exercise: boolean;
  readonly events: number;
  /** After the last event, 32 bytes: two copies of a log are equal when these are. */
  readonly chain: Uint8Array;
  readonly disclosures: {
    readonly shown: number;
    /** In the copy of a cluster's node only. */
    readonly withheld: number;
    readonly erased: number;
  };
}

/** Hashes by OpenSSL: a million leaves in seconds; the portable one gives the same. */
const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');

/** @throws Flaw the first one, by number and kind */
export function verifyLog(file: LogFile, progress?: (verified: number) => void): VerifiedLog {
  const walk = new Walk(file);
  try {
    for (const row of file.rows()) {
      walk.step(row);
      if (row.seq % 1_000 === 0) progress?.(row.seq);
    }
    return walk.end();
  } catch (error) {
    if (error instanceof Flaw) throw error;
    // SQLite could not read a page: the damage is at the next event or in an index that leads to it.
    throw new Flaw(walk.next, 'unreadable', messageOf(error));
  }
}

class Walk {
  readonly #file: LogFile;
  readonly #vault: Vault;
  readonly #revisions = new Map<string, number>();
  #identity: { readonly logId: string; readonly exercise: boolean } | undefined;
  #chain: Uint8Array = new Uint8Array();
  #time = '';
  next = 0;

  constructor(file: LogFile) {
    this.#file = file;
    this.#vault = new Vault(file);
  }

  step(row: LogRow): void {
    if (row.seq !== this.next) throw new Flaw(this.next, 'missing_event', 'it is not in the log');
    const { seq } = row;
    const hashed = leafHash(row.leaf, sha256);
    if (!sameHash(hashed, row.leafHash)) {
      throw new Flaw(seq, 'leaf_altered', 'the leaf does not have the hash that was recorded');
    }
    const envelope = envelopeOf(row);
    this.#identity ??= identityOf(envelope);
    if (seq === 0) this.#chain = chainStart(this.#identity.logId, sha256);
    const chain = chainNext(this.#chain, hashed, sha256);
    if (!sameHash(chain, row.chain)) {
      throw new Flaw(seq, 'chain_broken', 'it does not follow the event before it');
    }
    this.#checkPlace(row, envelope);
    checkData(seq, envelope);
    this.#vault.check(row, envelope);
    this.#chain = chain;
    this.#time = envelope.time;
    this.next = seq + 1;
  }

  end(): VerifiedLog {
    if (this.#identity === undefined) throw new Flaw(0, 'missing_event', 'the log is empty');
    this.#vault.checkErasures();
    const stray = this.#file.strayDisclosures();
    if (stray !== undefined) throw new Flaw(stray, 'stray_disclosure', 'it has no event');
    const damage = this.#file.damage();
    if (damage !== undefined) throw new Flaw(this.next, 'unreadable', damage);
    return {
      ...this.#identity,
      events: this.next,
      chain: this.#chain,
      disclosures: this.#vault.counts,
    };
  }

  #checkPlace(row: LogRow, envelope: Envelope): void {
    const { seq, stream } = row;
    if (envelope.source !== `urn:ceasewatch:${this.#identity?.logId}`) {
      throw new Flaw(seq, 'not_of_this_log', `it says it belongs to ${envelope.source}`);
    }
    if (
      stream !== streamOf(envelope.subject) ||
      !sameHash(eventIdBytes(envelope.id), row.eventId)
    ) {
      throw new Flaw(seq, 'wrong_stream', `it is filed under ${stream}`);
    }
    const expected = (this.#revisions.get(stream) ?? -1) + 1;
    const { revision } = envelope;
    const isNext = this.#file.isCopy ? revision >= expected : revision === expected;
    if (!isNext || row.revision !== revision) {
      throw new Flaw(seq, 'wrong_revision', `it is revision ${revision}, not ${expected}`);
    }
    this.#revisions.set(stream, revision);
    if (envelope.time < this.#time && !this.#file.isCopy) {
      throw new Flaw(seq, 'time_goes_back', `${envelope.time} is before ${this.#time}`);
    }
  }
}

function envelopeOf({ seq, leaf }: LogRow): Envelope {
  if (leaf.length > MAX_LEAF_BYTES) {
    throw new Flaw(seq, 'leaf_too_large', `${leaf.length} bytes, at most ${MAX_LEAF_BYTES}`);
  }
  const text = textOf(leaf);
  if (text === undefined || !isCanonicalJson(text)) {
    throw new Flaw(seq, 'not_canonical', 'the leaf is not canonical JSON');
  }
  const checked = envelopeSchema.safeParse(JSON.parse(text));
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  throw new Flaw(seq, 'malformed_envelope', `${issue?.path.join('.')}: ${issue?.message}`);
}

/** `undefined` for bytes that are no UTF-8: nothing is put in the place of what is not text. */
function textOf(leaf: Uint8Array): string | undefined {
  return isUtf8(leaf) ? Buffer.from(leaf).toString() : undefined;
}

/** An event that no version of the program could have written is a flaw, however well it is chained. */
function checkData(seq: number, envelope: Envelope): void {
  try {
    validateEvent({ envelope });
  } catch (error) {
    if (error instanceof UnknownEventType) throw new Flaw(seq, 'unknown_type', error.message);
    if (error instanceof MalformedEvent) throw new Flaw(seq, 'malformed_data', error.message);
    throw error;
  }
}

function identityOf({ type, subject, data }: Envelope) {
  const { logId, exercise, leafRule } = data;
  if (
    type !== 'log.opened.v1' ||
    typeof logId !== 'string' ||
    subject !== `log/${logId}` ||
    typeof exercise !== 'boolean' ||
    leafRule !== 1
  ) {
    throw new Flaw(0, 'not_of_this_log', 'the first event does not open a log');
  }
  return { logId, exercise };
}
