import type { AreaKind, Position, UnitKind } from '@ceasewatch/domain/centre/centre.events';
import type { Disclosed, Envelope } from '@ceasewatch/domain/recorded-event';
import type { Change, ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { Situation } from '@ceasewatch/domain/situation/situation';
import type { Params } from '@ceasewatch/domain/reasons';
import type { Warning } from '@ceasewatch/domain/refusal';

/**
 * The shape of every answer and of every message on the socket. The web imports these types and
 * nothing else of the api. Instants are UTC strings, coordinates 1e-6 degrees, `seq` the number of an
 * event in the log.
 */

/**
 * `POST /api/observations` and its corrections: 201, or 200 with `Idempotent-Replay: true`. With a
 * cluster also 202, `RecordedElsewhere`: recorded, and not yet seen by this node.
 */
export interface Receipt {
  readonly id: string;
  /** The observation's short number, said over the radio. */
  readonly number: number;
  readonly stream: string;
  readonly version: number;
  readonly revision: number;
  readonly seq: number;
  readonly recordedAt: string;
  readonly warnings: readonly ToldWarning[];
}

/** It will have its numbers in a moment: ask at `Location`, or send the same again. */
export type RecordedElsewhere = Omit<Receipt, 'number' | 'seq'> & {
  readonly number: null;
  readonly seq: null;
};

/** Something unusual: its code, its figures by name (`params`, with their units), and the English of it. */
export type ToldWarning = Warning & { readonly message: string };

/**
 * Every answer that is read from this node's rows, while nobody knows whether the store has more; the
 * header `Ceasewatch-Stale-Since` says the same, also of files and of pages of changes.
 */
export interface MayBeStale {
  /** Since when (RFC 3339, UTC). Absent while it is known that there is nothing more. */
  readonly staleSince?: string;
}

export interface Page<Item> extends MayBeStale {
  /** The answer is as of this event. */
  readonly asOf: number;
  readonly items: readonly Item[];
  /** Opaque; absent on the last page. */
  readonly next?: string;
}

/** `GET /api/observations`. */
export interface ObservationPage extends Page<ObservationRow> {
  /** How many pass the filter in all. */
  readonly matching: number;
  /** Present with `q`: whether narrative was searched too, which the viewer decides. */
  readonly narrativeSearched?: boolean;
}

export interface ObservationVersion {
  readonly row: ObservationRow;
  readonly eventId: string;
  readonly eventType: string;
  readonly eventSeq: number;
  readonly narrative: Disclosed | null;
  readonly asEntered: Disclosed | null;
  readonly explanation: Disclosed | null;
}

/** `GET /api/observations/:id`: oldest version first; retraction and reinstatement are versions of status. */
export interface ObservationDetail extends MayBeStale {
  readonly asOf: number;
  readonly id: string;
  readonly number: number;
  readonly versions: readonly ObservationVersion[];
}

/** `GET /api/situation`: the figures, and what cannot be undone by subtraction and is asked again. */
export interface SituationAnswer extends MayBeStale {
  readonly situation: Situation;
  readonly lastFireItem: {
    readonly id: string;
    readonly number: number;
    readonly at: string;
  } | null;
  readonly silentUnits: readonly { readonly unit: string; readonly lastReport: string | null }[];
}

/** `GET /api/changes?after=&limit=`: every event after `after` in order. */
export interface ChangesAnswer {
  readonly log: string;
  readonly after: number;
  /** Last event covered by this answer; ask again with it until it equals `head`. */
  readonly seq: number;
  readonly head: number;
  readonly changes: readonly Change[];
}

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

export interface CentreUnit {
  readonly unit: string;
  readonly kind: UnitKind;
  readonly contingent: string | null;
  readonly name: string;
  readonly position: Position | null;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly lastReport: string | null;
}

export interface CentreArea {
  readonly area: string;
  readonly kind: AreaKind;
  readonly name: Readonly<Record<string, string>>;
  readonly shape: 'polygon' | 'line';
  readonly vertices: readonly (readonly [number, number])[];
  readonly from: string;
  readonly to: string | null;
}

export interface CentreStrength {
  readonly stage: 'announced' | 'authorised' | 'deployed' | 'observed';
  readonly value: number | null;
  readonly qualifier: 'exact' | 'about' | 'at_least' | null;
  readonly expandable: boolean;
  readonly asOf: string;
  readonly source: string | null;
}

export interface CentreContingent {
  readonly contingent: string;
  readonly name: Readonly<Record<string, string>>;
  readonly sign: 'square' | 'circle';
  readonly strength: readonly CentreStrength[];
}

export interface CentreOfficer {
  readonly officer: string;
  readonly contingent: string;
  readonly role: 'operator' | 'analyst' | 'auditor' | 'administrator';
  readonly unit: string | null;
  readonly name: Disclosed;
  readonly withdrawn: boolean;
}

export interface CentreSource {
  readonly title: string;
  readonly date: string | null;
}

export interface CeasefireView {
  readonly name: Readonly<Record<string, string>>;
  readonly parties: readonly {
    readonly party: string;
    readonly name: Readonly<Record<string, string>>;
    readonly roles: readonly string[];
  }[];
  readonly signedAt: string | null;
  readonly inForceAt: string;
  readonly publishedAt: string | null;
  readonly endedAt: string | null;
  readonly zone: string;
  readonly sources: readonly CentreSource[];
}

/** Something agreed or announced, drawn as a vertical line or band on the charts. */
export interface Annotation {
  readonly seq: number;
  readonly at: string;
  readonly to: string | null;
  readonly type: string;
  readonly label: string;
}

/** `GET /api/centre`. */
export interface CentreAnswer extends MayBeStale {
  readonly asOf: number;
  readonly log: string;
  readonly exercise: boolean;
  readonly name: Readonly<Record<string, string>>;
  readonly zone: string;
  readonly cutOff: string | null;
  readonly missionArea: readonly [number, number, number, number];
  readonly declinationMdeg: number | null;
  readonly contingents: readonly CentreContingent[];
  readonly units: readonly CentreUnit[];
  readonly areas: readonly CentreArea[];
  readonly officers: readonly CentreOfficer[];
  readonly places: readonly {
    readonly name: Readonly<Record<string, string>>;
    readonly aliases: readonly string[];
    readonly lat: number;
    readonly lon: number;
  }[];
  readonly ceasefire: CeasefireView | null;
  readonly annotations: readonly Annotation[];
  readonly sources: readonly CentreSource[];
}

/** `POST /api/imports`: one NDJSON line a row, then the summary. */
export type ImportLine =
  | {
      readonly row: number;
      readonly line: number;
      readonly result: 'recorded' | 'corrected' | 'already_there' | 'refused';
      readonly id?: string;
      readonly seq?: number;
      readonly column?: string;
      readonly reason?: string;
      readonly message?: string;
    }
  | { readonly summary: ImportSummary }
  /** The file could not be read further; the rows told before are in the log. */
  | {
      readonly stopped: { readonly code: string; readonly message: string; readonly line?: number };
    };

export interface ImportSummary {
  readonly layout: string;
  readonly dryRun: boolean;
  readonly read: number;
  readonly recorded: number;
  readonly corrected: number;
  readonly alreadyThere: number;
  readonly refused: number;
}

/** An error of any endpoint: `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ProblemCode;
  readonly detail: string;
  readonly errors?: readonly {
    readonly field?: string;
    readonly reason: string;
    readonly message: string;
    /** The figures of the reason by name; docs/problems.md has every reason with its figures. */
    readonly params?: Params;
  }[];
  /** Present where it helps: the revision the stream really has. */
  readonly actualRevision?: number;
  readonly retry: 'no' | 'same_id' | 'later';
  readonly instance: string;
}

export type ProblemCode =
  | 'malformed_json'
  | 'malformed_request'
  | 'too_slow'
  | 'address_too_long'
  | 'head_too_large'
  | 'invalid'
  | 'forbidden'
  | 'id_reused'
  | 'revision_conflict'
  | 'not_found'
  | 'too_large'
  | 'unsupported_media_type'
  | 'storage_full'
  | 'store_unavailable'
  | 'log_damaged'
  | 'method_not_allowed'
  | 'outcome_unknown'
  | 'overloaded'
  | 'internal';

/**
 * The socket `/live` (docs/live-protocol.md). A client joins with the last event it has applied and
 * applies a frame only if `prev` is that very event; otherwise it pulls `/api/changes`.
 */
export interface LiveJoin {
  readonly log?: string;
  readonly feed: 'shared';
  readonly after: number;
}
export type LiveJoined =
  | { readonly answer: 'live'; readonly log: string; readonly head: number }
  | { readonly answer: 'pull'; readonly log: string; readonly head: number }
  | { readonly answer: 'reload'; readonly log: string; readonly head: number };

export interface LiveFrame {
  readonly log: string;
  readonly feed: 'shared';
  readonly prev: number;
  readonly seq: number;
  readonly changes: readonly Change[];
}

export interface LiveHeartbeat {
  readonly log: string;
  readonly head: number;
  /** Last event this node's read model has applied. */
  readonly projected: number;
  readonly store: StoreState;
  /** Present when the log is damaged and it is known from which event on. */
  readonly damagedFrom?: number;
  /** Since when nobody knows whether the store has more than this node; absent while it is known. */
  readonly staleSince?: string;
  readonly time: string;
}

export interface ServerToClient {
  frame: (frame: LiveFrame) => void;
  heartbeat: (heartbeat: LiveHeartbeat) => void;
  pull: (notice: { readonly log: string; readonly head: number }) => void;
}
export interface ClientToServer {
  join: (join: LiveJoin, answer: (joined: LiveJoined) => void) => void;
  ack: (ack: { readonly seq: number }) => void;
}
