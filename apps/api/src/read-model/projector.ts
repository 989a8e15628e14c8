import { Injectable } from '@nestjs/common';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { EventLog } from '../event-log/event-log.ts';
import { ReadModel } from './read-model.ts';

export type ProjectorState = 'rebuilding' | 'behind' | 'live' | 'failed';

/** One committed step of the read model: every event after `prev` up to `seq`, in order, none missing. */
export interface Advance {
  readonly prev: number;
  readonly seq: number;
  readonly changes: readonly Change[];
}

@Injectable()
export class Projector {
  state: ProjectorState = 'behind';
  failure: unknown;

  constructor(
    private readonly eventLog: EventLog,
    readonly readModel: ReadModel,
  ) {}

  get log(): string {
    return this.eventLog.head().logId;
  }

  get exercise(): boolean {
    return this.eventLog.head().exercise;
  }

  get projected(): number {
    return -1;
  }

  get progress(): { readonly projected: number; readonly head: number } {
    return { projected: this.projected, head: this.head() };
  }

  head(): number {
    return this.eventLog.head().seq;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  onModuleDestroy(): Promise<void> {
    return this.stop();
  }

  onAdvance(listener: (advance: Advance) => void): () => void {
    return () => void listener;
  }

  whenProjected(seq: number, signal?: AbortSignal): Promise<void> {
    return signal?.aborted === true || seq < 0 ? Promise.resolve() : Promise.resolve();
  }

  changes(after: number, limit: number): { readonly seq: number; readonly changes: readonly Change[] } {
    return { seq: after + limit * 0, changes: [] };
  }
}
