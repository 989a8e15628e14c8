import { join } from 'node:path';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Viewer } from '@ceasewatch/domain/access/viewer';
import type { Disclosed } from '@ceasewatch/domain/recorded-event';
import { CLOCK, type Clock } from '../clock.ts';
import type { ReadKind, ReadPage } from '../contract/reads.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import { failureOf } from '../event-log/sqlite-failure.ts';
import type { AsOf, Moment } from '../read-model/as-of.ts';
import { READ_MODEL_SETTINGS } from '../read-model/read-model.module.ts';
import type { ReadModelSettings } from '../read-model/read-model.ts';
import { type ReadFilter, READS_FILE, ReadsFile, type ReadToKeep } from './reads-file.ts';

/**
 * Looking is recorded too: replays, exports, verifications, views of narrative. What is promised:
 *
 * - `note` costs its request nothing: the first look is written within a second, and what the same
 *   officer sees of the same thing in the next minute is counted into one more row at its end.
 * - `record` has been written when it returns; what cannot be recorded (an export) is not given.
 * - Nothing is lost without a word: while the disk takes nothing, looks wait in memory; above a bound
 *   they are counted, and the count is written as soon as it can be. A node that was killed says so in
 *   its next first row: looks of its last minute may be missing.
 */
export interface Reading {
  readonly kind: Exclude<ReadKind, 'node'>;
  readonly what: string;
  readonly asOf?: AsOf | undefined;
  /** Of an answer that shows several moments: the last of them, `asOf` is the first. */
  readonly asOfLast?: AsOf | undefined;
  readonly occurredUntil?: string | undefined;
}

/** One write for what is looked at within a second; a crash loses no more than that of what was only looked at. */
const WRITE_AFTER_MS = 1_000;
/** Within a minute the same look again is counted and not written: a dashboard asks all the time. */
const COUNTED_FOR_MS = 60_000;
/** Things that somebody looks at within one minute, and rows that wait for the disk. */
const MOST_OPEN = 10_000;
const MOST_WAITING = 20_000;
const NODE: Viewer = { officer: null, contingent: null, role: 'system' };

/** One officer, one thing, one minute: the looks after the first. */
interface Counted {
  readonly since: number;
  more: ReadToKeep | undefined;
}

@Injectable()
export class ReadAudit implements OnModuleDestroy {
  readonly #path: string;
  readonly #now: Clock;
  readonly #tell: ReadModelSettings['onFailure'];
  readonly #open = new Map<string, Counted>();
  #file: ReadsFile | undefined;
  #waiting: ReadToKeep[] = [];
  #lost = 0;
  #untold = 0;
  #timer: NodeJS.Timeout | undefined;
  #failure: unknown;

  constructor(@Inject(READ_MODEL_SETTINGS) settings: ReadModelSettings, @Inject(CLOCK) now: Clock) {
    this.#path = join(settings.folder, READS_FILE);
    this.#tell = settings.onFailure;
    this.#now = now;
  }

  /** Rows that wait for the disk; beyond the limit they are counted as lost, and that is told. */
  get queue(): { readonly length: number; readonly limit: number } {
    return { length: this.#waiting.length, limit: MOST_WAITING };
  }

  /** Written soon; costs nothing now. */
  note(viewer: Viewer, reading: Reading): void {
    const read = this.#readOf(viewer, reading);
    const { kind, what, asOf, occurredUntil } = reading;
    // Numbers and instants are no range together, and neither is one with the present.
    const key = JSON.stringify([viewer.officer, kind, what, occurredUntil, typeof asOf]);
    const counted = this.#open.get(key);
    if (counted !== undefined && this.#now() - counted.since < COUNTED_FOR_MS) {
      const { more } = counted;
      counted.more =
        more === undefined ? read : { ...more, ...rangeOf(more, read), times: more.times + 1 };
    } else {
      if (counted?.more !== undefined) this.#wait(counted.more);
      this.#wait(read);
      this.#open.set(key, { since: this.#now(), more: undefined });
      if (this.#open.size > MOST_OPEN) this.#close(Infinity);
    }
    this.#timer ??= setTimeout(() => this.#inTime(), WRITE_AFTER_MS).unref();
  }

  /** Of something that holds narrative, names or text as it was typed: a view of it if any was shown. */
  noteShown(
    { viewer, asOf, occurredUntil }: Moment,
    what: string,
    disclosed: readonly (Disclosed | null)[],
  ): void {
    if (!disclosed.some((each) => each?.state === 'shown')) return;
    this.note(viewer, { kind: 'narrative', what, asOf, occurredUntil });
  }

  /**
   * Has been written when it returns.
   *
   * @throws EventLogError storage_full, store_unavailable: it could not be, and waits
   */
  record(viewer: Viewer, reading: Reading): void {
    this.#wait(this.#readOf(viewer, reading));
    if (this.#write()) return;
    const code = failureOf(this.#failure) === 'full' ? 'storage_full' : 'store_unavailable';
    const told = `${READS_FILE} cannot be written, and who reads this is recorded first.`;
    throw new EventLogError(code, told, { told }, { cause: this.#failure });
  }

  /** Newest first, those included that were noted a moment ago. */
  page(filter: ReadFilter, limit: number): ReadPage {
    this.#write();
    const file = this.#opened();
    const items = file.page(filter, limit + 1);
    const shown = items.slice(0, limit);
    const last = shown.at(-1);
    return {
      items: shown,
      waiting: this.#waiting.length + [...this.#open.values()].filter(({ more }) => more).length,
      lost: this.#lost,
      ...(items.length > limit && last !== undefined ? { next: `${last.id}` } : {}),
    };
  }

  onModuleDestroy(): void {
    clearTimeout(this.#timer);
    this.#close(Infinity);
    if (this.#file === undefined && this.#waiting.length === 0) return;
    this.#wait(this.#readOf(NODE, { kind: 'node', what: STOPPED }));
    this.#write();
    this.#file?.close();
    this.#file = undefined;
  }

  #inTime(): void {
    this.#timer = undefined;
    this.#close(this.#now() - COUNTED_FOR_MS);
    this.#write();
    if (this.#open.size === 0 && this.#waiting.length === 0) return;
    this.#timer = setTimeout(() => this.#inTime(), WRITE_AFTER_MS).unref();
  }

  /** Ends the minutes that began by then. */
  #close(began: number): void {
    for (const [key, { since, more }] of this.#open) {
      if (since > began) continue;
      if (more !== undefined) this.#wait(more);
      this.#open.delete(key);
    }
  }

  #wait(read: ReadToKeep): void {
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(read);
    else {
      this.#lost += 1;
      this.#untold += 1;
    }
  }

  /** Whether everything that waited is written. What fails is told once, and tried again. */
  #write(): boolean {
    if (this.#waiting.length === 0) return true;
    try {
      const lost =
        this.#untold === 0
          ? []
          : [{ ...this.#readOf(NODE, { kind: 'node', what: LOST }), times: this.#untold }];
      this.#opened().add([...this.#waiting, ...lost]);
      this.#waiting = [];
      this.#untold = 0;
      this.#failure = undefined;
      return true;
    } catch (error) {
      if (this.#failure === undefined)
        this.#tell?.(error, `${READS_FILE}: who reads cannot be recorded now`);
      this.#failure = error;
      return false;
    }
  }

  /** The first that is written of a life of the node says how the one before ended. */
  #opened(): ReadsFile {
    if (this.#file !== undefined) return this.#file;
    const file = new ReadsFile(this.#path);
    try {
      const [ended] = file.page({ kind: 'node' }, 1);
      const wasKilled = ended !== undefined && ended.what !== STOPPED;
      const what = wasKilled ? KILLED : STARTED;
      file.add([this.#readOf(NODE, { kind: 'node', what })]);
    } catch (error) {
      file.close();
      throw error;
    }
    this.#file = file;
    return file;
  }

  #readOf(
    { officer, contingent, role }: Viewer,
    reading: Omit<Reading, 'kind'> & { readonly kind: ReadKind },
  ): ReadToKeep {
    const at = new Date(this.#now()).toISOString();
    const { asOf, asOfLast = asOf } = reading;
    return {
      at,
      until: at,
      officer,
      contingent,
      role,
      authn: role === 'system' ? 'system' : 'chosen',
      kind: reading.kind,
      what: reading.what,
      asOf: asOf === undefined ? null : String(asOf),
      asOfLast: asOfLast === undefined ? null : String(asOfLast),
      occurredUntil: reading.occurredUntil ?? null,
      times: 1,
    };
  }
}

const STARTED = 'started';
const STOPPED = 'stopped';
/** Started, and the last time it was not stopped: looks of its last minute may be missing. */
const KILLED = 'started after it was killed';
/** So many looks could not be kept. */
const LOST = 'lost';

/** From the earliest moment that was looked at to the latest, in whatever order. */
function rangeOf(
  more: ReadToKeep,
  { until, asOf, asOfLast }: ReadToKeep,
): Pick<ReadToKeep, 'until' | 'asOf' | 'asOfLast'> {
  const isBefore = (one: string | null, other: string | null) => inOrder(one, other) < 0;
  return {
    until,
    asOf: isBefore(asOf, more.asOf) ? asOf : more.asOf,
    asOfLast: isBefore(more.asOfLast, asOfLast) ? asOfLast : more.asOfLast,
  };
}

/** Two numbers, or two stored instants, whose texts are in the order of time. */
function inOrder(one: string | null, other: string | null): number {
  const [text, beside] = [one ?? '', other ?? ''] as const;
  return text.length - beside.length || (text < beside ? -1 : text > beside ? 1 : 0);
}
