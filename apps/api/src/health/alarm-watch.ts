import { performance } from 'node:perf_hooks';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Alarm, ALARMS } from './alarms.ts';
import { type Signs, VitalSigns } from './vital-signs.ts';

/** An alarm that is on. */
export interface Raised {
  readonly name: string;
  readonly says: string;
  /** Since when it is so, RFC 3339, UTC. */
  readonly since: string;
}

/** Well under the time for which anything has to be so; a look costs less than a millisecond. */
const LOOK_MS = 5_000;

/**
 * Looks every few seconds whether somebody should be called, and says once on standard error when an
 * alarm begins and when it is over, so that it is known also where nobody reads /metrics.
 */
@Injectable()
export class AlarmWatch implements OnModuleInit, OnModuleDestroy {
  readonly #judging: readonly Judging[];
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly signs: VitalSigns) {
    this.#judging = ALARMS.map((alarm) => new Judging(alarm));
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => this.#look(), LOOK_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /** Those that are on. */
  get raised(): readonly Raised[] {
    return this.#judging.flatMap(({ raised }) => raised ?? []);
  }

  #look(): void {
    const [signs, now] = [this.signs.detail(), performance.now()];
    for (const judging of this.#judging) {
      const turned = judging.look(signs, now);
      if (turned !== undefined) process.stderr.write(`${JSON.stringify(turned)}\n`);
    }
  }
}

/** What is said when an alarm begins or ends. */
interface Turned {
  readonly time: string;
  readonly level: 'error' | 'info';
  readonly alarm: string;
  readonly says: string;
}

/** One alarm from look to look. */
export class Judging {
  readonly #alarm: Alarm;
  /** Since when it was so at every look, by a clock that never goes back. */
  #sinceMs: number | undefined;
  #since = '';
  #raised: Raised | undefined;
  #before: Signs | undefined;

  constructor(alarm: Alarm) {
    this.#alarm = alarm;
  }

  get raised(): Raised | undefined {
    return this.#raised;
  }

  /** @returns what is to be told, if it has begun or ended with this look */
  look(signs: Signs, nowMs: number): Turned | undefined {
    const { name, forS } = this.#alarm;
    const says = this.#alarm.says(signs, this.#before ?? signs);
    this.#before = signs;
    const time = new Date(signs.now).toISOString();
    const was = this.#raised;
    if (says === undefined) {
      this.#sinceMs = undefined;
      this.#raised = undefined;
      return was && { time, level: 'info', alarm: name, says: 'over' };
    }
    if (this.#sinceMs === undefined) {
      this.#sinceMs = nowMs;
      this.#since = time;
    }
    if (nowMs - this.#sinceMs < forS * 1_000) return undefined;
    this.#raised = { name, says, since: this.#since };
    return was === undefined ? { time, level: 'error', alarm: name, says } : undefined;
  }
}
