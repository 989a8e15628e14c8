import type { Disclosed, Envelope } from '@ceasewatch/domain/recorded-event';
import type { MayBeStale, Page } from './answer.ts';

/** Whether the log can be written: the disk is `full`, the store `away`, or the log `damaged` for good. */
export type StoreState = 'here' | 'full' | 'away' | 'damaged';

/** `GET /api/log`. */
export interface LogAnswer extends MayBeStale {
  readonly asOf: number;
  readonly log: string;
  readonly exercise: boolean;
  readonly store: {
    readonly kind: 'sqlite' | 'eventstoredb';
    readonly state: StoreState;
    /** Since when it has been so. */
    readonly since: string;
    /** Present when damaged: the first event that nobody can vouch for, if it is known, and why. */
    readonly damage?: { readonly seq?: number; readonly why: string };
  };
  /** What others wrote into the log's streams: it has no number, and every node passes it over alike. */
  readonly unreadable: readonly {
    readonly stream: string;
    readonly revision: number;
    /** One clause for people. */
    readonly why: string;
  }[];
}

/** `GET /api/events`: of a damaged log what stands before the damage. */
export interface LogEntryPage extends Page<LogEntry> {
  /** Present with `q`: whether what was disclosed was searched too, which the viewer decides. */
  readonly narrativeSearched?: boolean;
  readonly damagedFrom?: number;
}

/** `GET /api/events` and `/api/events/:seq`: the raw log. */
export interface LogEntry {
  readonly seq: number;
  readonly envelope: Envelope;
  readonly disclosed: Readonly<Record<string, Disclosed>>;
  /** Base64. */
  readonly leafHash: string;
  readonly chain: string;
}

export interface LogEntryDetail extends LogEntry, MayBeStale {
  /** The canonical bytes as text: hash these with a leading zero byte. */
  readonly leaf: string;
}

/**
 * `GET /api/events/:seq/relations`: what an event has to do with others. Those after `asOf` are not among
 * them; what is not there, or never was, is null.
 */
export interface EventRelations extends MayBeStale {
  readonly asOf: number;
  /** The event that it names as its cause. */
  readonly cause: RelatedEvent | null;
  /** Events that name it as theirs: fifty at most, in order. */
  readonly effects: readonly RelatedEvent[];
  /** The other events of the same command: fifty at most, in order. */
  readonly command: readonly RelatedEvent[];
  /** The ones before and after it in its stream: what it changes, and what changed it. */
  readonly before: RelatedEvent | null;
  readonly after: RelatedEvent | null;
  /** The event whose disclosures it erased. */
  readonly erased: RelatedEvent | null;
  /** The last event of the centre that it was judged against. */
  readonly centre: RelatedEvent | null;
}

export interface RelatedEvent {
  readonly seq: number;
  readonly type: string;
  readonly subject: string;
  readonly time: string;
}
