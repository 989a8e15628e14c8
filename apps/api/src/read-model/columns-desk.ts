import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type {
  ObservationFilter,
  Situation,
  SituationQuery,
} from '@ceasewatch/domain/situation/situation';
import { Projector } from './projector.ts';
import { ReadModel } from './read-model.ts';
import { ReadModelError } from './read-model-error.ts';
import { siblingModule, WORKER_OPTIONS } from './worker-thread.ts';

/**
 * Where sums over all observations are asked for. The columns live in a worker (`columns.worker.ts`),
 * started with the first question, told every advance, and asked nothing twice: an answer is kept for
 * its question and event.
 */
export interface ColumnsTask {
  readonly file: string;
}

/** `hits`: what free text found, by the events that began the versions. */
type Asked =
  | {
      readonly kind: 'situation';
      readonly query: SituationQuery;
      readonly sectors: readonly string[];
      readonly asOf: number;
      readonly hits?: readonly number[] | undefined;
    }
  | {
      readonly kind: 'count';
      readonly filter: ObservationFilter;
      readonly asOf: number;
      readonly hits?: readonly number[] | undefined;
    };
export type ColumnsQuestion = Asked & { readonly id: number };
export type ColumnsMessage =
  ColumnsQuestion | { readonly kind: 'advance'; readonly changes: readonly Change[] };
export type ColumnsAnswer =
  | { readonly id: number; readonly answer: Situation | number }
  | { readonly id: number; readonly error: string }
  | { readonly loaded: number };

interface Pending {
  readonly resolve: (answer: Situation | number) => void;
  readonly reject: (error: unknown) => void;
}

/** Answers kept; a dashboard asks for a handful of windows, and each minute brings a new `at`. */
const MOST_KEPT = 64;

@Injectable()
export class ColumnsDesk {
  #worker: Worker | undefined;
  #nextId = 0;
  readonly #pending = new Map<number, Pending>();
  readonly #kept = new Map<string, Promise<Situation | number>>();
  readonly #stopListening: readonly (() => void)[];
  /** Changes since the last question, sent in one message: a copy for a thread costs by the message. */
  #unsent: Change[] = [];

  constructor(
    private readonly readModel: ReadModel,
    projector: Projector,
  ) {
    this.#stopListening = [
      projector.onAdvance(({ changes }) => this.#take(changes)),
      projector.onSwap(() => void this.#forget()),
    ];
  }

  /** @throws ReadModelError rebuilding */
  async situation(
    query: SituationQuery,
    sectors: readonly string[],
    asOf: number,
    hits?: readonly number[],
  ): Promise<Situation> {
    const answer = await this.#ask({ kind: 'situation', query, sectors, asOf, hits });
    if (typeof answer === 'number') throw new TypeError('asked for a situation, was told a number');
    return answer;
  }

  /** How many observations in force as of an event pass a filter. @throws ReadModelError rebuilding */
  async count(filter: ObservationFilter, asOf: number, hits?: readonly number[]): Promise<number> {
    const answer = await this.#ask({ kind: 'count', filter, asOf, hits });
    if (typeof answer !== 'number') throw new TypeError('asked for a number, was told a situation');
    return answer;
  }

  async onModuleDestroy(): Promise<void> {
    for (const stop of this.#stopListening) stop();
    await this.#forget();
  }

  #ask(asked: Asked): Promise<Situation | number> {
    const key = JSON.stringify(asked);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const answer = this.#send(asked);
    this.#keep(key, answer);
    return answer;
  }

  #send(asked: Asked): Promise<Situation | number> {
    const worker = (this.#worker ??= this.#start());
    this.#sendChanges(worker);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      worker.postMessage({ ...asked, id });
    });
  }

  #keep(key: string, answer: Promise<Situation | number>): void {
    this.#kept.set(key, answer);
    answer.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }

  #take(changes: readonly Change[]): void {
    if (this.#worker === undefined) return;
    this.#unsent.push(...changes.filter(({ before, after }) => before !== null || after !== null));
    if (this.#unsent.length >= MOST_UNSENT) this.#sendChanges(this.#worker);
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
    worker.on('message', (message: ColumnsAnswer) => this.#settle(message));
    worker.on('error', (error) => {
      if (this.#worker === worker) void this.#forget(error);
    });
    // A node that has nothing else to do may end; nobody waits for columns then.
    worker.unref();
    return worker;
  }

  #settle(message: ColumnsAnswer): void {
    if ('loaded' in message) return;
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if ('answer' in message) pending?.resolve(message.answer);
    else pending?.reject(new RangeError(message.error));
  }

  async #forget(cause?: unknown): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#unsent = [];
    this.#kept.clear();
    const error = new ReadModelError('rebuilding', 'The columns are being loaded anew.', { cause });
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
    await worker?.terminate();
  }
}

const MOST_UNSENT = 256;
