import type { LiveSource } from '../../src/live/backfill.ts';

type Advance = Parameters<Parameters<LiveSource['onAdvance']>[0]>[0];
type Change = Advance['changes'][number];

/** A read model that advances when a test says so: the gateway's only view of the rest of the node. */
export class ScriptedSource implements LiveSource {
  readonly log = '019aa9c0-0000-7000-8000-000000000001';
  readonly #changes: Change[] = [];
  readonly #listeners = new Set<(advance: Advance) => void>();
  readonly #swapListeners = new Set<(seq: number) => void>();
  /** As a node of several on one store. */
  followsOthers = false;
  readonly waitedFor: number[] = [];
  /** Thrown by the next readings. */
  failure: Error | undefined;

  get projected(): number {
    return this.#changes.length - 1;
  }

  head(): number {
    return this.projected;
  }

  condition() {
    return { store: 'here', forMs: 0, waiting: 0 } as const;
  }

  onAdvance(listener: (advance: Advance) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  whenProjected(seq: number, signal?: AbortSignal): Promise<void> {
    this.waitedFor.push(seq);
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.onAdvance(() => this.projected >= seq && resolve());
    });
  }

  onSwap(listener: (seq: number) => void): () => void {
    this.#swapListeners.add(listener);
    return () => this.#swapListeners.delete(listener);
  }

  changes(
    after: number,
    limit: number,
  ): { readonly seq: number; readonly changes: readonly Change[] } {
    if (this.failure !== undefined) throw this.failure;
    const changes = this.#changes.slice(after + 1, after + 1 + limit);
    return { seq: changes.at(-1)?.seq ?? after, changes };
  }

  /** Commits `count` more events of some `bytes` each, together. */
  advance(count = 1, bytes = 200): void {
    const prev = this.projected;
    const changes = this.#more(count, bytes);
    for (const listener of this.#listeners) listener({ prev, seq: prev + count, changes });
  }

  /** Another file came into use that holds `count` events more, of which nobody was told. */
  swap(count: number): void {
    this.#more(count, 200);
    for (const listener of this.#swapListeners) listener(this.projected);
  }

  #more(count: number, bytes: number): readonly Change[] {
    const first = this.#changes.length;
    const changes = Array.from({ length: count }, (_, index) => ({
      seq: first + index,
      type: 'ceasefire.declared.v1',
      subject: `ceasefire/${'x'.repeat(Math.max(0, bytes - 130))}`,
      time: '2026-11-22T10:00:07.000Z',
      before: null,
      after: null,
    }));
    this.#changes.push(...changes);
    return changes;
  }
}
