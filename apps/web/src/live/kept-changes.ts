import type { Change } from '@ceasewatch/domain/situation/observation-row';

/** What came after an event; or that some of it is no longer kept, and everything must be asked anew. */
export type Since =
  { readonly complete: true; readonly changes: readonly Change[] } | { readonly complete: false };

const MOST = 2_000;

/** The newest changes of a tab, so that an answer a little older than its feed can be brought up to it. */
export class KeptChanges {
  private changes: Change[] = [];
  private from = -1;

  /** Begins anew behind an event. */
  begin(seq: number): void {
    this.changes = [];
    this.from = seq;
  }

  add(changes: readonly Change[]): void {
    this.changes.push(...changes);
    if (this.changes.length <= MOST) return;
    const dropped = this.changes.splice(0, this.changes.length - MOST);
    this.from = dropped.at(-1)?.seq ?? this.from;
  }

  since(seq: number): Since {
    if (seq < this.from) return { complete: false };
    return { complete: true, changes: this.changes.filter((change) => change.seq > seq) };
  }
}
