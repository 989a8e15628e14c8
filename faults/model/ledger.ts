import { isDeepStrictEqual } from 'node:util';
import type { Receipt, UnnumberedReceipt } from '@ceasewatch/api/contract/observation';
import type { LogEntry } from '@ceasewatch/api/contract/log';
import { allChanges } from '../../apps/api/test/testing/live-follower.ts';
import { until } from '../../apps/api/test/testing/until.ts';
import { ask, type Answered, eventsOf } from './asking.ts';
import type { Tally } from '../tally.ts';
import type { Order } from './orders.ts';

/**
 * What a node was asked and what it answered, whatever happened to it in between: from this alone follows
 * what it has to answer next and what its log has to hold.
 */
export class Ledger {
  readonly told = new Map<string, Told>();
  readonly observations: Known[] = [];
  /** Sentences about promises that were broken. */
  readonly broken: string[] = [];
  /** Orders of which nobody knew for a time whether they had been carried out. */
  doubts = 0;
  readonly #timesIn: 'log' | 'stream';

  /** @param timesIn where no event is recorded before its predecessor: a store takes appends side by side */
  constructor(timesIn: 'log' | 'stream' = 'log') {
    this.#timesIn = timesIn;
  }

  /** Orders that have a receipt. */
  get acknowledged(): readonly Order[] {
    return this.#orders(({ receipt }) => receipt !== undefined);
  }

  /** Orders that were told to be recorded, and no number yet. */
  unnumbered(): readonly Order[] {
    return this.#orders(({ receipt }) => receipt?.number === null);
  }

  /** Orders of which nobody knows. */
  doubtful(): readonly Order[] {
    return this.#orders(({ isDoubtful }) => isDoubtful);
  }

  /** Observations of which everything is known. */
  settled(): readonly Known[] {
    const doubtful = new Set(this.doubtful().map(({ observation }) => observation));
    return this.observations.filter(({ id }) => !doubtful.has(id));
  }

  /**
   * Sends an order, whether or not it was sent before, and judges the answer.
   * @param excuse what may keep the node from recording just now; else it must record
   * @returns the status, undefined where there was no answer
   */
  async send(address: string, order: Order, excuse: Excuse = {}): Promise<number | undefined> {
    const told = this.#toldOf(order);
    told.times += 1;
    const answer = await ask(address, order);
    const isUnheard = excuse.unheard?.() === true;
    if (answer === undefined || isUnheard) {
      if (!isUnheard && excuse.cut !== true) this.#blame(`${order.id} got no answer`);
      this.#doubt(told);
      return undefined;
    }
    this.answered(order, answer.status, answer.body, excuse);
    return answer.status;
  }

  /** An order that somebody sent without hearing an answer. */
  doubt(order: Order): void {
    const told = this.#toldOf(order);
    told.times += 1;
    this.#doubt(told);
  }

  /** An answer that somebody else got for an order. */
  answered(order: Order, status: number, body: Answered['body'], excuse: Excuse = {}): void {
    const told = this.#toldOf(order);
    const isUnshown = status === 202 && (excuse.full === true || excuse.away === true);
    if (status === 200 || status === 201 || isUnshown) this.#recorded(told, status, body);
    else if (status === 504 && excuse.full === true) this.#doubt(told);
    else if (status === 507 && excuse.full === true) this.#refused(told);
    else if (UNKNOWN_TO.has(status) && excuse.away === true) this.#doubt(told);
    else this.#blame(`${order.id} was answered ${status} ${JSON.stringify(body)}`);
  }

  /** The id of something that was recorded, with other content. */
  async sendOther(address: string, order: Order): Promise<void> {
    const { status, body } = (await ask(address, order)) ?? { status: 0, body: undefined };
    if (status !== 409) this.#blame(`${order.id} was taken for another: ${status} ${body.code}`);
  }

  /** Holds log and rows against everything that was answered so far, of a node that can record. */
  async compare(address: string): Promise<void> {
    const events = await eventsOf(address);
    this.#compareLog(events);
    await this.#askForNumbers(address, events.length);
    const rows = new Map((await allChanges(address)).map(({ subject, after }) => [subject, after]));
    for (const { id, number, version, revision, status } of this.settled()) {
      const row = rows.get(`observation/${id}`);
      const shown = row && { id, number: row.number, version: row.version };
      if (row?.revision !== revision || row.status !== status || shown?.version !== version) {
        this.#blame(
          `${id} is shown as ${JSON.stringify(row)}, not as version ${version} ${status}`,
        );
      }
      if (row?.number !== number) this.#blame(`${id} is shown as number ${row?.number}`);
    }
  }

  /** The same, and puts down what broke, and how much there was to break. */
  async judge(address: string, tally: Tally): Promise<void> {
    await this.compare(address);
    for (const sentence of this.broken) tally.add(sentence);
    tally.saw('acknowledged', this.acknowledged.length);
  }

  #toldOf(order: Order): Told {
    const known = this.told.get(order.id);
    if (known !== undefined) return known;
    const told: Told = { order, receipt: undefined, isDoubtful: false, times: 0 };
    this.told.set(order.id, told);
    return told;
  }

  #doubt(told: Told): void {
    if (told.receipt !== undefined || told.isDoubtful) return;
    this.doubts += 1;
    told.isDoubtful = true;
  }

  /** Nothing was recorded; what was recorded before is answered without room. */
  #refused(told: Told): void {
    if (told.receipt !== undefined) this.#blame(`${told.order.id} was recorded and is refused`);
    else if (!told.isDoubtful) this.told.delete(told.order.id);
  }

  /** Once the rows have all that the log has, whoever sends the same again is told its number. */
  async #askForNumbers(address: string, events: number): Promise<void> {
    const unnumbered = this.unnumbered();
    if (unnumbered.length === 0) return;
    await until(async () => (await allChanges(address)).length >= events);
    for (const order of unnumbered) await this.send(address, order);
  }

  #recorded(told: Told, status: number, receipt: KnownReceipt): void {
    const { order } = told;
    if ((receipt.number === null) !== (status === 202)) {
      this.#blame(`${order.id} was answered ${status} with the number ${receipt.number}`);
    }
    if (told.receipt !== undefined) {
      const whole = filled(told.receipt, receipt);
      const same = status !== 201 && isDeepStrictEqual(filled(receipt, told.receipt), whole);
      if (!same)
        this.#blame(`${order.id} has two receipts: ${JSON.stringify([told.receipt, receipt])}`);
      told.receipt = whole;
      this.#numbered(order, receipt.number);
      return;
    }
    if (status === 200 && told.times < 2) this.#blame(`${order.id} was new and known`);
    const { version, revision } = order.makes;
    if (receipt.version !== version || receipt.revision !== revision) {
      this.#blame(`${order.id} became version ${receipt.version}, revision ${receipt.revision}`);
    }
    told.receipt = receipt;
    told.isDoubtful = false;
    this.#settle(order);
    this.#numbered(order, receipt.number);
  }

  #settle({ observation: id, makes }: Order): void {
    const known = this.observations.find((each) => each.id === id);
    if (known === undefined) this.observations.push({ id, number: null, ...makes });
    else Object.assign(known, makes);
  }

  /** An observation keeps the number that anybody was ever told. */
  #numbered({ id, observation }: Order, number: number | null): void {
    const known = this.observations.find((each) => each.id === observation);
    if (known === undefined || number === null) return;
    known.number ??= number;
    if (known.number !== number) {
      this.#blame(`${id} says number ${number} of ${observation}, which is number ${known.number}`);
    }
  }

  #orders(which: (told: Told) => boolean): readonly Order[] {
    return [...this.told.values()].filter(which).map(({ order }) => order);
  }

  #compareLog(events: readonly LogEntry[]): void {
    const there = Map.groupBy(events, ({ envelope }) => envelope.id);
    const latest = new Map<string, string>();
    for (const [at, { seq, envelope }] of events.entries()) {
      if (seq !== at) this.#blame(`event ${at} has the number ${seq}`);
      const queue = this.#timesIn === 'log' ? '' : envelope.subject;
      if (envelope.time < (latest.get(queue) ?? '')) {
        this.#blame(`event ${seq} was recorded before the one before it`);
      }
      latest.set(queue, envelope.time);
      const isOurs = envelope.subject.startsWith('observation/');
      const told = this.told.get(envelope.id);
      if (isOurs && told?.receipt === undefined && told?.isDoubtful !== true) {
        this.#blame(`event ${seq} is of ${envelope.id}, which nobody was told to be recorded`);
      }
    }
    for (const { order, receipt } of this.told.values()) {
      const found = there.get(order.id) ?? [];
      if (found.length > 1) this.#blame(`${order.id} is there ${found.length} times`);
      if (receipt !== undefined) this.#compareEvent(order, receipt, found[0]);
    }
  }

  #compareEvent(order: Order, receipt: KnownReceipt, event: LogEntry | undefined): void {
    if (event === undefined) {
      this.#blame(`${order.id} was acknowledged and is lost`);
      return;
    }
    const { seq, envelope, disclosed } = event;
    const shown = disclosed[order.says.name];
    const words = shown?.state === 'shown' ? shown.value : undefined;
    const was = [
      receipt.seq ?? seq,
      receipt.recordedAt,
      `observation/${order.observation}`,
      order.says.words,
    ];
    const is = [seq, envelope.time, envelope.subject, words];
    if (!isDeepStrictEqual(is, was))
      this.#blame(`${order.id} was ${was.join(' ')}, is ${is.join(' ')}`);
  }

  #blame(sentence: string): void {
    this.broken.push(sentence);
  }
}

/** Said by a node that cannot ask its store. */
const UNKNOWN_TO: ReadonlySet<number> = new Set([503, 504]);

/** A receipt with what only another one of the same order says. */
function filled(receipt: KnownReceipt, { number, seq }: KnownReceipt): KnownReceipt {
  return { ...receipt, number: receipt.number ?? number, seq: receipt.seq ?? seq };
}

/** Why an order may not have been carried out. */
export interface Excuse {
  /** The disk is full. */
  readonly full?: boolean;
  /** The store is away just now: what was sent may have come to it, or may yet. */
  readonly away?: boolean;
  /** Connections are cut just now. */
  readonly cut?: boolean;
  /** Whether the node was killed before anybody heard its answer. */
  readonly unheard?: () => boolean;
}

/** What was said so far: 202 is without the number, on a store also without the event's. */
type KnownReceipt = Omit<Receipt, 'number' | 'seq'> &
  Pick<UnnumberedReceipt, 'seq'> & {
    readonly number: number | null;
  };

interface Told {
  readonly order: Order;
  receipt: KnownReceipt | undefined;
  /** How often it was sent. */
  times: number;
  /** It may have been carried out, or not. */
  isDoubtful: boolean;
}

/** An observation as it has to be shown. */
export interface Known {
  readonly id: string;
  /** `null` as long as nobody was told. */
  number: number | null;
  version: number;
  revision: number;
  status: 'recorded' | 'retracted';
}
