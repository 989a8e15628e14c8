import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { newEventId } from '@ceasewatch/tlog/event-id';
import { CLOCK, type Clock } from '../clock.ts';
import type { VerificationAnswer } from '../contract/verification.ts';
import { EVENT_LOG, type EventLog } from '../event-log/event-log.ts';
import { Projector } from '../read-model/projector.ts';
import { READ_MODEL_SETTINGS } from '../read-model/read-model.module.ts';
import type { ReadModelSettings } from '../read-model/read-model.ts';
import { siblingModule, WORKER_OPTIONS } from '../read-model/worker-thread.ts';
import { removeLeftScratch } from './compare-read-model.ts';
import { VerificationBook } from './verification-book.ts';
import type { VerificationMessage, VerificationTask } from './verification-messages.ts';

/**
 * One verification at a time, in a thread: whoever asks while one runs is told of that one. What came out is
 * kept with its range and its time. Rows that are not what the log makes are not shown any longer: the
 * node makes them anew.
 */
export interface VerificationRequest {
  readonly officer: string | null;
  readonly from: number;
  readonly expected?: string | undefined;
}

const SHOWN = 50;

@Injectable()
export class VerificationDesk implements OnModuleDestroy {
  readonly #book: VerificationBook;
  #running: VerificationAnswer | undefined;
  #worker: Worker | undefined;
  /** What came out while it could not be written: shown from here, and written with the next one. */
  #unkept: readonly VerificationAnswer[] = [];

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly now: Clock,
    @Inject(READ_MODEL_SETTINGS) private readonly settings: ReadModelSettings,
    private readonly projector: Projector,
  ) {
    this.#book = new VerificationBook(settings.folder);
    removeLeftScratch(settings.folder);
  }

  begin({ officer, from, expected }: VerificationRequest): VerificationAnswer {
    if (this.#running !== undefined) return this.#running;
    const { logId, seq } = this.log.head();
    this.#running = {
      id: newEventId(this.now(), randomBytes(10)),
      state: 'running',
      startedAt: this.#instant(),
      endedAt: null,
      officer,
      log: logId,
      from,
      reached: -1,
      last: seq,
      phase: 'log',
      head: null,
      expected: expected ?? null,
      flaws: { count: 0, first: [] },
      steppedBack: { events: 0, mostMs: 0 },
      disclosures: { shown: 0, withheld: 0, erased: 0 },
      readModel: null,
      failure: null,
    };
    this.#start({
      folder: this.settings.folder,
      from,
      ...(expected === undefined ? {} : { expected }),
    });
    return this.#running;
  }

  /** Those that began with the first event and have ended, newest first: a part of the log tells of no other part. */
  whole(): readonly VerificationAnswer[] {
    return this.all().filter(({ from, state }) => from === 0 && state !== 'running');
  }

  /** Newest first. */
  all(): readonly VerificationAnswer[] {
    const ended = [...this.#unkept.toReversed(), ...this.#book.last(SHOWN)];
    return this.#running === undefined ? ended : [this.#running, ...ended];
  }

  find(id: string): VerificationAnswer | undefined {
    const here = [this.#running, ...this.#unkept].find((each) => each?.id === id);
    return here ?? this.#book.find(id);
  }

  async onModuleDestroy(): Promise<void> {
    await this.#worker?.terminate();
    this.#book.close();
  }

  #start(workerData: VerificationTask): void {
    const worker = new Worker(siblingModule(import.meta.url, 'log-verification.worker'), {
      ...WORKER_OPTIONS,
      workerData,
    });
    this.#worker = worker;
    // A node that ends does not wait for it.
    worker.unref();
    worker.on('message', (message: VerificationMessage) => this.#hear(message));
    worker.on('error', (error) => this.#end({ state: 'failed', failure: String(error) }));
    worker.on('exit', () => (this.#worker = undefined));
  }

  #hear(message: VerificationMessage): void {
    if (this.#running === undefined) return;
    if ('phase' in message) {
      this.#running = { ...this.#running, ...message };
      return;
    }
    const { verified, readModel = null, notCompared = null } = message;
    const { count, first } = verified.flaws;
    const isOfTheLog = (readModel?.differences ?? 0) === 0;
    if (!isOfTheLog) this.projector.rebuild();
    const asFound = notCompared === null ? 'sound' : 'failed';
    this.#end({
      state: count === 0 && isOfTheLog ? asFound : 'flawed',
      failure: notCompared,
      reached: verified.last,
      head: `${verified.last}:${toBase64(Buffer.from(verified.chain))}`,
      flaws: { count, first },
      steppedBack: verified.steppedBack,
      disclosures: verified.disclosures,
      readModel,
    });
  }

  #end(outcome: Partial<VerificationAnswer>): void {
    if (this.#running === undefined) return;
    const ended = { ...this.#running, ...outcome, endedAt: this.#instant() };
    this.#running = undefined;
    this.#unkept = [...this.#unkept, ended].slice(-SHOWN);
    this.#keep();
  }

  /** Nobody waits for this: a disk that is full ends no node. */
  #keep(): void {
    try {
      for (const each of this.#unkept) {
        this.#book.keep(each);
        this.#unkept = this.#unkept.slice(1);
      }
    } catch (error) {
      this.settings.onFailure?.(error, 'a verification is not kept');
    }
  }

  #instant(): string {
    return new Date(this.now()).toISOString();
  }
}
