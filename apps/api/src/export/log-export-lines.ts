import type { VaultItem } from '../event-log/event-row.ts';

/**
 * The lines of a whole-log export that are about the export (docs/export-format.md). Its other lines are
 * leaves, byte for byte. The first member tells a reader which of both a line is.
 */
export const LOG_EXPORT_FORMAT = 'ceasewatch-log-export.1';
/** After so many events the chain is told. */
export const MARK_EVERY = 1_000;

export interface ExportHead {
  readonly format: typeof LOG_EXPORT_FORMAT;
  readonly readme: string;
  readonly log: string;
  readonly exercise: boolean;
  readonly from: number;
  readonly to: number;
  readonly asOf: { readonly seq: number; readonly time: string };
  /** Base64: before the first event, and after the last. */
  readonly chainBefore: string;
  readonly chain: string;
  readonly disclosures: 'shown' | 'withheld';
  readonly exportedAt: string;
  readonly exportedBy: {
    readonly officer: string | null;
    readonly contingent: string | null;
    readonly authn: string;
  } | null;
}

export interface ExportDocument {
  readonly name: string;
  readonly text: string;
}

export interface ExportSchema {
  readonly name: string;
  readonly schema: object;
}

/** What an event keeps out of its leaf, in the order of its digests; `null` is withheld. */
export interface ExportDisclosed {
  readonly seq: number;
  readonly id: string;
  readonly items: readonly VaultItem[];
  /** Base64; only where every item is shown. */
  readonly secret?: string;
}

export interface ExportMark {
  readonly seq: number;
  readonly chain: string;
}

export interface ExportEnd {
  readonly events: number;
  readonly last: number;
  readonly chain: string;
  readonly disclosures: Readonly<Record<'shown' | 'withheld' | 'erased', number>>;
  readonly types: Readonly<Record<string, number>>;
  /** Lower-case hex, over all bytes before this line. */
  readonly sha256: string;
}

interface Members {
  readonly head: ExportHead;
  readonly document: ExportDocument;
  readonly schema: ExportSchema;
  readonly disclosed: ExportDisclosed;
  readonly mark: ExportMark;
  readonly end: ExportEnd;
}

/** One line about the export, ended by a line feed. */
export function exportLine<Kind extends keyof Members>(kind: Kind, members: Members[Kind]): string {
  return `${JSON.stringify({ export: kind, ...members })}\n`;
}
