import { History } from '@ceasewatch/domain/history/history';
import { type Envelope, streamOf, subjectOf } from '@ceasewatch/domain/recorded-event';
import { chainStart } from '@ceasewatch/tlog/chain';
import { BrokenLinks } from './broken-links.ts';
import type { EarlierCopy } from './earlier-copy.ts';
import { Flaw, FlawList, flawOf, type Flaws, OF_THE_FILE } from './flaw.ts';
import type { KeptHeads } from './kept-head.ts';
import type { LogFile } from './log-file.ts';
import { LastEvents } from './last-events.ts';
import { LeafBytes } from './leaf-bytes.ts';
import { idLetters, keepsFromReading, type LogOrigin, type LogRow, messageOf } from './log-row.ts';
import { nativeSha256 } from './native-sha256.ts';
import { missingAt, OutOfPlace } from './out-of-place.ts';
import { type OpenedLeaf, openLeaf, readLeaf } from './open-leaf.ts';
import { checkBytes } from './verify-bytes.ts';
import { Vault } from './verify-vault.ts';

/**
 * Walks a log from event 0 to its end and believes nothing: every leaf is hashed and chained again,
 * every number, revision and time is held against its predecessor, every event's data against the schema
 * of its type and against the history before it, every disclosure against its digest. A flaw does not end
 * the walk: what comes after it is held against what is stored, so that each is told once.
 */
export interface VerifiedLog {
  /** Undefined where not even the first event says what this is. */
  readonly identity: { readonly logId: string; readonly exercise: boolean } | undefined;
  /** The first event that was verified; those before it were only read. */
  readonly from: number;
  /** Number of the last event, -1 when there is none. */
  readonly last: number;
  /** After the last event, 32 bytes: two copies of a log are equal when these are. */
  readonly chain: Uint8Array;
  readonly flaws: Flaws;
  /** Events told earlier than one before them in another stream: nodes with a clock of their own each. */
  readonly steppedBack: { readonly events: number; readonly mostMs: number };
  readonly disclosures: {
    readonly shown: number;
    /** In the copy of a cluster's node, and through an address, only. */
    readonly withheld: number;
    readonly erased: number;
  };
}

export interface Against {
  /** Number of the first event that is verified. Default 0. */
  readonly from?: number;
  readonly heads?: KeptHeads;
  readonly copy?: EarlierCopy;
}

/** How often whoever waits is told. */
const TELL_EVERY = 1_000;

/** The log of a folder, or a backup of one. */
export function verifyLog(
  file: LogFile,
  against: Against = {},
  progress?: (verified: number) => void,
): VerifiedLog {
  const walk = new Walk(file, against);
  try {
    for (const row of file.rows()) {
      walk.step(row);
      if (row.seq % TELL_EVERY === 0) progress?.(row.seq);
    }
    const beyond = file.beyondNumbers();
    if (beyond > 0) walk.tell(new Flaw(OF_THE_FILE, 'stray_event', tooFarOut(beyond)));
    const stray = file.strayDisclosures();
    if (stray !== undefined) walk.tell(new Flaw(stray, 'stray_disclosure', 'it has no event'));
    // Where an event is gone, its stream may be empty for that.
    const streams = walk.isSound() ? file.strayStreams() : [];
    for (const why of [...file.structureFaults(), ...streams]) {
      walk.tell(new Flaw(OF_THE_FILE, 'file_altered', why));
    }
    const damage = file.damage();
    if (damage !== undefined) walk.tell(new Flaw(walk.next, 'unreadable', damage));
  } catch (error) {
    if (!keepsFromReading(error)) throw error;
    // SQLite could not read a page: the damage is at the next event or in an index that leads to it.
    walk.tell(new Flaw(walk.next, 'unreadable', messageOf(error)));
  }
  return walk.end();
}

export class Walk {
  readonly #origin: LogOrigin;
  readonly #against: Against;
  readonly #vault: Vault;
  readonly #history = new History();
  readonly #bytes = new LeafBytes();
  readonly #broken = new BrokenLinks();
  readonly #outOfPlace = new OutOfPlace((row) => this.#chainStart(row));
  readonly #lastOf = new LastEvents();
  readonly #flaws = new FlawList();
  #identity: VerifiedLog['identity'];
  /** Undefined after an event that is missing: nobody knows how the next one follows. */
  #chain: string | undefined;
  #latest = '';
  #steppedBack = { events: 0, mostMs: 0 };
  next = 0;

  constructor(origin: LogOrigin, against: Against = {}) {
    this.#origin = origin;
    this.#against = against;
    this.#vault = new Vault(origin);
  }

  tell(flaw: Flaw): void {
    this.#flaws.add(flaw);
  }

  /** So far; what is held is told at the end. */
  isSound(): boolean {
    return this.#flaws.all().count === 0 && this.#outOfPlace.isEmpty && this.#broken.isEmpty;
  }

  step(row: LogRow): void {
    if (row.seq < 0) return this.#outOfPlace.stray(row);
    const place = this.#outOfPlace.placeOf(row);
    if (place !== undefined) return this.tell(renumbered(place, row));
    if (row.seq !== this.next) this.#fillGap();
    if (row.seq !== this.next) {
      const gap = { seq: this.next, before: this.#chain };
      if (!this.#outOfPlace.gap(gap)) this.tell(missingAt(this.next));
      this.#chain = undefined;
    }
    this.#walk(row, (flaw) => this.tell(flaw));
  }

  /** With rows that stand under a number that no event has and follow here. */
  #fillGap(): void {
    for (;;) {
      const row = this.#outOfPlace.takeFor({ seq: this.next, before: this.#chain });
      if (row === undefined) return;
      this.tell(renumbered(this.next, row));
      // What else is wrong with it follows from the number, but for its bytes.
      this.#walk({ ...row, seq: this.next }, (flaw) => {
        if (flaw.kind === 'leaf_altered') this.tell(flaw);
      });
    }
  }

  #walk(row: LogRow, tell: (flaw: Flaw) => void): void {
    const isVerified = row.seq >= (this.#against.from ?? 0);
    this.#bytes.put(row.leaf);
    // Of one event the first flaw says enough; what was changed in a leaf is wrong in many ways.
    const ofBytes = isVerified ? flawOf(() => this.#checkBytes(row)) : undefined;
    const ofContent = flawOf(() => this.#checkContent(row, isVerified));
    const ofOthers = flawOf(() => this.#compare(row));
    const flaw = ofBytes ?? ofContent ?? ofOthers;
    const isHeld =
      flaw?.kind === 'chain_broken' && this.#broken.hold(flaw, row, this.#chainBefore(row));
    if (flaw !== undefined && !isHeld) tell(flaw);
    this.#chain = row.chain;
    this.next = row.seq + 1;
  }

  end(): VerifiedLog {
    const { heads, copy, from = 0 } = this.#against;
    this.#fillGap();
    const last = this.next - 1;
    if (last < 0) this.tell(new Flaw(0, 'missing_event', 'the log is empty'));
    for (const flaw of this.#broken.flaws()) this.tell(flaw);
    for (const flaw of this.#outOfPlace.flaws()) this.tell(flaw);
    for (const flaw of this.#vault.unexplained()) this.tell(flaw);
    for (const flaw of [heads?.beyond(last), copy?.beyond(last)]) {
      if (flaw !== undefined) this.tell(flaw);
    }
    return {
      identity: this.#identity,
      from,
      last,
      chain: Buffer.from(this.#chain ?? '', 'hex'),
      flaws: this.#flaws.all(),
      steppedBack: this.#steppedBack,
      disclosures: this.#vault.counts,
    };
  }

  #checkBytes(row: LogRow): void {
    // What the first leaf says of itself is only asked once it is known to be as it was hashed.
    checkBytes(row, this.#bytes, () => this.#chainBefore(row));
  }

  #chainBefore(row: LogRow): string | undefined {
    return row.seq === 0 ? this.#chainStart(row) : this.#chain;
  }

  #chainStart(row: LogRow): string {
    const { data } = readLeaf(row, this.#bytes);
    return Buffer.from(chainStart(String(data['logId']), nativeSha256)).toString('hex');
  }

  #checkContent(row: LogRow, isVerified: boolean): void {
    let opened: OpenedLeaf;
    try {
      opened = openLeaf(row, this.#bytes, isVerified);
    } catch (error) {
      // What it said is not known, so nothing that follows in its stream can be judged.
      if (row.stream !== null) this.#lose(subjectOf(row.stream), row.revision);
      throw error;
    }
    const { envelope, event } = opened;
    if (row.seq === 0) this.#identity = identityOf(envelope);
    const fault = this.#history.judge(envelope, event);
    const misplaced = flawOf(() => this.#checkPlace(row, envelope));
    if (!isVerified) return;
    const ofVault = flawOf(() => this.#vault.check(row, envelope));
    if (misplaced !== undefined) throw misplaced;
    if (fault !== undefined) throw new Flaw(row.seq, fault.kind, fault.why);
    if (ofVault !== undefined) throw ofVault;
  }

  #lose(subject: string, revision: number): void {
    this.#history.lose(subject);
    this.#lastOf.follow(subject, revision, undefined);
  }

  #checkPlace(row: LogRow, envelope: Envelope): void {
    const { seq, stream } = row;
    const { revision, time } = envelope;
    const { before, laterTime } = this.#lastOf.follow(envelope.subject, revision, time);
    const expected = before + 1;
    if (envelope.source !== `urn:ceasewatch:${this.#identity?.logId}`) {
      throw new Flaw(seq, 'not_of_this_log', `it says it belongs to ${envelope.source}`);
    }
    if (stream !== streamOf(envelope.subject)) {
      throw new Flaw(seq, 'wrong_stream', `it is filed under ${stream}`);
    }
    if (idLetters(envelope.id) !== row.eventId) {
      throw new Flaw(seq, 'wrong_stream', `it is filed with the id ${row.eventId}, not its own`);
    }
    const isNext = this.#origin.severalNodes ? revision >= expected : revision === expected;
    if (!isNext || row.revision !== revision) {
      throw new Flaw(seq, 'wrong_revision', `it is revision ${revision}, not ${expected}`);
    }
    // Whoever appends has read the stream. Of other streams a node knows what it has seen.
    if (laterTime !== undefined) {
      throw new Flaw(seq, 'time_goes_back', `${time} is before ${laterTime}, in its own stream`);
    }
    this.#compareClocks(time);
  }

  #compareClocks(time: string): void {
    if (time >= this.#latest) {
      this.#latest = time;
      return;
    }
    const { events, mostMs } = this.#steppedBack;
    const backMs = Date.parse(this.#latest) - Date.parse(time);
    this.#steppedBack = { events: events + 1, mostMs: Math.max(mostMs, backMs) };
  }

  /** With what was kept of this log outside of it. */
  #compare({ seq, chain }: LogRow): void {
    this.#against.heads?.meet(seq, chain);
    this.#against.copy?.meet(seq, this.#bytes.leaf);
  }
}

function tooFarOut(rows: number): string {
  const which = rows === 1 ? 'a row stands under a number' : `${rows} rows stand under numbers`;
  return `${which} beyond all that a log can have`;
}

function renumbered(seq: number, row: LogRow): Flaw {
  return new Flaw(seq, 'renumbered', `it stands under the number ${row.seq}`);
}

function identityOf({ type, subject, data }: Envelope): VerifiedLog['identity'] {
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
