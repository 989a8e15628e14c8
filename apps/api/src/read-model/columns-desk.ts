import type { SQLInputValue } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type {
  ColumnDifference,
  ColumnDifferenceQuery,
} from '@ceasewatch/domain/difference/column-difference';
import type { Hindsight } from '@ceasewatch/domain/hindsight/hindsight';
import type { AskedState } from '@ceasewatch/domain/situation/moving-situation';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type {
  ObservationFilter,
  Situation,
  SituationQuery,
} from '@ceasewatch/domain/situation/situation';
import type { TextWord } from '@ceasewatch/domain/situation/text-query';
import type { ListAsked, VersionList } from '@ceasewatch/domain/situation/version-list';
import { Projector } from './projector.ts';
import { overloaded, QuestionQueue, type Waiting as Waits } from './question-queue.ts';
import { ReadModel } from './read-model.ts';
import { ReadModelError } from './read-model-error.ts';
import { SharedAnswer } from './shared-answer.ts';
import { SqliteFailure, type ToldFailure } from './thread-failure.ts';
import { Waiting } from './waiting.ts';
import { siblingModule, WORKER_OPTIONS } from './worker-thread.ts';

/**
 * Where lists of observations, and sums over all of them, are asked for. The columns and the words of free
 * text live in a worker (`columns.worker.ts`), started with the first question or, of a long log, with the
 * node, and told every advance. An answer that somebody may ask for again is kept for its question and event.
 */
export interface ColumnsTask {
  readonly file: string;
}

/** A statement for the events that began the versions which a word names by number or id. */
export interface Named {
  readonly sql: string;
  readonly values: readonly SQLInputValue[];
}

/** Free text: what each of its words may mean. The thread that has the columns has their words too. */
export interface AskedText {
  readonly words: readonly { readonly word: TextWord; readonly named: Named | null }[];
  /** Whether narratives are searched too. */
  readonly narrative: boolean;
}

export type ColumnsQuestion =
  | {
      readonly kind: 'situation';
      readonly query: SituationQuery;
      readonly sectors: readonly string[];
      readonly asOf: number;
      readonly text?: AskedText | undefined;
    }
  | {
      readonly kind: 'list';
      readonly filter: ObservationFilter;
      readonly asOf: number;
      readonly page: ListAsked;
      readonly text?: AskedText | undefined;
    }
  | {
      readonly kind: 'hindsight';
      readonly query: SituationQuery;
      readonly asOf: number;
      readonly text?: AskedText | undefined;
    }
  | { readonly kind: 'states'; readonly asked: readonly AskedState[] }
  | {
      readonly kind: 'difference';
      readonly asked: ColumnDifferenceQuery;
      readonly text?: AskedText | undefined;
    };
type Told = Situation | readonly Situation[] | VersionList | ColumnDifference | Hindsight;
export type ColumnsMessage =
  | ColumnsQuestion
  | { readonly kind: 'advance'; readonly changes: readonly Change[] }
  | { readonly kind: 'words' };
export type ColumnsAnswer =
  { readonly answer: Told } | ToldFailure | { readonly loaded: number } | { readonly worded: true };

/** Answers kept; a dashboard asks for a handful of windows, and each minute brings a new `at`. */
const MOST_KEPT = 64;
/** Different questions that wait for the one thread; an ordinary one takes some 10 ms of a million rows. */
const MOST_WAITING = 200;
/** States that take as long as an ordinary question: each is made of the one before. */
const STATES_A_QUESTION = 4;
/** Words are read once: whoever waits for them waits for no event, but for the first. */
const WORDED = 0;
const ERASED = 'disclosure.erased.v1';
/** Changes in one message. */
const MOST_UNSENT = 256;
/** The columns of a shorter log are loaded while its first question waits, and until then take no memory. */
const LONG_LOG = 20_000;

@Injectable()
export class ColumnsDesk {
  #worker: Worker | undefined;
  readonly #queue: QuestionQueue<ColumnsQuestion, Told>;
  readonly #kept = new Map<string, SharedAnswer<Told>>();
  readonly #stopListening: readonly (() => void)[];
  /** Changes since the last question, sent in one message: a copy for a thread costs by the message. */
  #unsent: Change[] = [];
  /** Whether the columns are loaded before anybody asks. */
  #ahead = false;
  #loaded = false;
  #readingWords = false;
  #worded = false;
  readonly #unworded = new Waiting();

  /** @param longLog events from which on a log is long; a test has a shorter one */
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly longLog = LONG_LOG,
  ) {
    this.#queue = new QuestionQueue(MOST_WAITING, (question) => this.#post(question), weightOf);
    this.#stopListening = [
      projector.onAdvance(({ changes }) => this.#take(changes)),
      projector.onSwap(() => {
        void this.#forget();
        this.#loadAhead();
      }),
    ];
  }

  /**
   * From now on the columns of a long log are loaded before anybody asks, also when another file comes
   * into use: whoever asked first would wait for seconds. Nobody waits for this.
   */
  loadAhead(): void {
    this.#ahead = true;
    this.#loadAhead();
  }

  /** Questions that wait for the thread, and those before them that wait until it has the words. */
  get waiting(): Waits {
    const { length, limit } = this.#queue.waiting;
    return { length: length + this.#unworded.size, limit };
  }

  /** Whether whoever asks now waits for nothing but the answer. */
  get isLoaded(): boolean {
    return this.#loaded;
  }

  #loadAhead(): void {
    if (!this.#ahead || this.#worker !== undefined || !this.readModel.isReadable) return;
    const { projected } = this.projector;
    // Of a log that is still being read, most would come change by change.
    if (projected < this.longLog || this.projector.head() - projected >= this.longLog) return;
    this.#worker = this.#start();
    this.#readWords();
  }

  /** @throws ReadModelError rebuilding, overloaded; the signal's reason */
  async situation(
    query: SituationQuery,
    sectors: readonly string[],
    asOf: number,
    text?: AskedText,
    signal?: AbortSignal,
  ): Promise<Situation> {
    const answer = await this.#ask({ kind: 'situation', query, sectors, asOf, text }, signal);
    if ('figures' in answer) return answer;
    throw new TypeError('asked for a situation, was told something else');
  }

  /**
   * A page of the observations in force as of an event that pass a filter, and how many do.
   *
   * @throws ReadModelError rebuilding, overloaded; the signal's reason
   */
  async list(
    filter: ObservationFilter,
    asOf: number,
    page: ListAsked,
    text?: AskedText,
    signal?: AbortSignal,
  ): Promise<VersionList> {
    return listIn(await this.#ask({ kind: 'list', filter, asOf, page, text }, signal));
  }

  /**
   * A list that nobody asks for again, and so is not kept.
   *
   * @throws ReadModelError rebuilding, overloaded; the signal's reason
   */
  async passingList(
    filter: ObservationFilter,
    asOf: number,
    page: ListAsked,
    text?: AskedText,
    signal?: AbortSignal,
  ): Promise<VersionList> {
    return listIn(await this.#whenWorded({ kind: 'list', filter, asOf, page, text }, signal));
  }

  /**
   * What differs between two events, and a page of the observations that do.
   *
   * @throws ReadModelError rebuilding, overloaded; the signal's reason
   */
  async difference(
    asked: ColumnDifferenceQuery,
    text?: AskedText,
    signal?: AbortSignal,
  ): Promise<ColumnDifference> {
    return differenceIn(await this.#ask({ kind: 'difference', asked, text }, signal));
  }

  /**
   * A page of a difference that is as long as an export wants it, and so is not kept.
   *
   * @throws ReadModelError rebuilding, overloaded; the signal's reason
   */
  async longDifference(
    asked: ColumnDifferenceQuery,
    text?: AskedText,
    signal?: AbortSignal,
  ): Promise<ColumnDifference> {
    return differenceIn(await this.#whenWorded({ kind: 'difference', asked, text }, signal));
  }

  /**
   * What was known at the time of each hour or day, against what is known as of an event.
   *
   * @throws ReadModelError rebuilding, overloaded; the signal's reason
   */
  async hindsight(
    query: SituationQuery,
    asOf: number,
    text?: AskedText,
    signal?: AbortSignal,
  ): Promise<Hindsight> {
    const answer = await this.#ask({ kind: 'hindsight', query, asOf, text }, signal);
    if ('buckets' in answer) return answer;
    throw new TypeError('asked for hindsight, was told something else');
  }

  /**
   * The situation at each of some events that follow one another. Nobody asks for the same ones again, so
   * they are not kept.
   *
   * @throws ReadModelError rebuilding, overloaded; the signal's reason
   */
  async situations(
    asked: readonly AskedState[],
    signal?: AbortSignal,
  ): Promise<readonly Situation[]> {
    const answer = await this.#queue.ask({ kind: 'states', asked }, signal);
    if (isList(answer)) return answer;
    throw new TypeError('asked for situations, was told something else');
  }

  async onModuleDestroy(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    await this.#forget();
  }

  #ask(asked: ColumnsQuestion, signal: AbortSignal | undefined): Promise<Told> {
    const key = JSON.stringify(asked);
    const kept = this.#kept.get(key);
    if (kept !== undefined && !kept.isGivenUp) return kept.take(signal);
    const answer = new SharedAnswer((givenUp) => this.#whenWorded(asked, givenUp));
    this.#keep(key, answer);
    return answer.take(signal);
  }

  /** Free text waits until the words of all texts are read; whatever else is asked goes before it. */
  async #whenWorded(asked: ColumnsQuestion, signal: AbortSignal | undefined): Promise<Told> {
    if (!this.#worded && 'text' in asked && asked.text !== undefined) {
      this.#readWords();
      const { length, limit } = this.waiting;
      if (length >= limit) throw overloaded(length);
      await this.#unworded.until(WORDED, signal);
    }
    return this.#queue.ask(asked, signal);
  }

  #readWords(): void {
    if (this.#readingWords) return;
    this.#readingWords = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage({ kind: 'words' });
  }

  #post(question: ColumnsQuestion): void {
    const worker = (this.#worker ??= this.#start());
    this.#sendChanges(worker);
    worker.postMessage(question);
  }

  #keep(key: string, answer: SharedAnswer<Told>): void {
    this.#kept.set(key, answer);
    answer.whenRefused(() => {
      if (this.#kept.get(key) === answer) this.#kept.delete(key);
    });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  #take(changes: readonly Change[]): void {
    if (this.#worker === undefined) return this.#loadAhead();
    this.#unsent.push(...changes.filter((each) => isOfColumns(each)));
    // What was found by a word that is gone is not told again, and nobody keeps the word.
    const isErased = changes.some(({ type }) => type === ERASED);
    if (isErased) this.#kept.clear();
    if (isErased || this.#unsent.length >= MOST_UNSENT) this.#sendChanges(this.#worker);
  }

  #sendChanges(worker: Worker): void {
    if (this.#unsent.length === 0) return;
    worker.postMessage({ kind: 'advance', changes: this.#unsent });
    this.#unsent = [];
  }

  #start(): Worker {
    const task: ColumnsTask = { file: this.readModel.file };
    const worker = new Worker(siblingModule(import.meta.url, 'columns.worker'), {
      ...WORKER_OPTIONS,
      workerData: task,
    });
    worker.on('message', (message: ColumnsAnswer) => {
      // What one that was ended still said answers no question of the next.
      if (this.#worker === worker) this.#settle(message);
    });
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      void this.#forget(error);
      this.readModel.meet(error);
    });
    // A node that has nothing else to do may end; nobody waits for columns then.
    worker.unref();
    return worker;
  }

  #settle(message: ColumnsAnswer): void {
    if ('loaded' in message) {
      this.#loaded = true;
      return;
    }
    if ('worded' in message) {
      this.#worded = true;
      return this.#unworded.resolveUpTo(WORDED);
    }
    if ('answer' in message) return this.#queue.answer(message.answer);
    const { message: text, errcode } = message;
    const error = errcode === 0 ? new RangeError(text) : new SqliteFailure(text, errcode);
    this.#queue.refuse(this.readModel.meet(error));
  }

  async #forget(cause?: unknown): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#loaded = false;
    this.#worded = false;
    this.#readingWords = false;
    this.#unsent = [];
    this.#kept.clear();
    const reason = new ReadModelError('rebuilding', 'The columns are being loaded anew.', {
      cause,
    });
    this.#unworded.rejectAll(reason);
    this.#queue.refuseAll(reason);
    await worker?.terminate();
  }
}

/** What began or ended a version, or erased what one said. */
function isOfColumns({ type, before, after }: Change): boolean {
  return before !== null || after !== null || type === ERASED;
}

function weightOf(question: ColumnsQuestion): number {
  return question.kind === 'states' ? Math.ceil(question.asked.length / STATES_A_QUESTION) : 1;
}

function listIn(answer: Told): VersionList {
  if ('page' in answer && !('moved' in answer)) return answer;
  throw new TypeError('asked for a list, was told something else');
}

function differenceIn(answer: Told): ColumnDifference {
  if ('moved' in answer) return answer;
  throw new TypeError('asked for a difference, was told something else');
}

/** `Array.isArray` does not know of arrays that are only read. */
function isList(answer: Told): answer is readonly Situation[] {
  return Array.isArray(answer);
}
