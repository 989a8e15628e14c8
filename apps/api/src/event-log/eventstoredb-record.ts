import { type Envelope, envelopeSchema, streamOf } from '@ceasewatch/domain/recorded-event';
import { writtenCanonically } from '@ceasewatch/tlog/canonical-json';
import { isEventId } from '@ceasewatch/tlog/event-id';
import { LOG_LIMITS } from './event-log.ts';
import { digestsOf } from './event-row.ts';
import type { ProposedEvent, ReadEvent } from './eventstoredb-messages.ts';
import type { StoreNames } from './eventstoredb-names.ts';
import type { EventToKeep } from './moved-event.ts';
import { nativeSha256 } from './native-sha256.ts';

/**
 * What lies in the store, told apart: events of the log, entries of the vault, settings of streams, and
 * what nobody of ours wrote. The same bytes are told apart in the same way at every node and for ever,
 * because the numbers of all later events depend on it.
 */
export interface LogRecord {
  readonly kind: 'event';
  readonly stream: string;
  readonly revision: number;
  readonly envelope: Envelope;
  readonly leaf: string;
  /** Which append wrote it: told by no other field, because equal events may be sent by two nodes. */
  readonly mark?: string;
}

export interface VaultRecord {
  readonly kind: 'vault';
  readonly keptFor: string;
  readonly kept: KeptInStore;
}

/** What an entry of the vault says in the store. */
export interface KeptInStore {
  readonly secret?: Uint8Array;
  readonly disclosures: readonly string[];
  /** Names of what was erased, by digest. */
  readonly erased?: Readonly<Record<string, string>>;
}

/** A setting that would make events vanish when they are read, or one that no longer would. */
export interface SettingRecord {
  readonly kind: 'setting';
  readonly stream: string;
  readonly vanishing: string | undefined;
}

export interface UnreadableRecord {
  readonly kind: 'unreadable';
  readonly stream: string;
  readonly revision: number;
  readonly why: string;
}

export type StoreRecord =
  LogRecord | VaultRecord | SettingRecord | UnreadableRecord | { readonly kind: 'other' };

const OTHER = { kind: 'other' } as const;
const VANISHING = ['$maxAge', '$maxCount', '$tb'] as const;

/** Reads one record. It never throws: what does not parse is `unreadable` and stops nothing (T20). */
export function readRecord(event: ReadEvent, names: StoreNames): StoreRecord {
  const { streamId } = event;
  if (streamId.startsWith('$$')) return readSetting(event, names);
  const keptFor = names.keptFor(streamId);
  if (keptFor !== undefined) return readVault(event, keptFor);
  const stream = names.inPort(streamId);
  if (stream === undefined) return OTHER;
  if (event.type === '$streamDeleted') {
    return { kind: 'setting', stream, vanishing: 'a tombstone' };
  }
  return readEvent(event, stream);
}

function readEvent(event: ReadEvent, stream: string): StoreRecord {
  const revision = Number(event.revision);
  const unreadable = (why: string): UnreadableRecord => ({
    kind: 'unreadable',
    stream,
    revision,
    why,
  });
  if (!event.isJson || typeof event.data !== 'object') return unreadable('it is not JSON');
  const parsed = envelopeSchema.safeParse(event.data);
  if (!parsed.success) return unreadable(`its envelope has a wrong ${wrongIn(parsed.error)}`);
  const envelope = parsed.data;
  if (envelope.id !== event.id || envelope.type !== event.type) {
    return unreadable('the store knows it under another id or type');
  }
  if (streamOf(envelope.subject) !== stream || envelope.revision !== revision) {
    return unreadable('it says that it stands elsewhere');
  }
  const leaf = writtenCanonically(event.data);
  if (leaf === undefined) return unreadable('it is not canonical JSON');
  if (Buffer.byteLength(leaf) > LOG_LIMITS.maxLeafBytes) return unreadable('it is too large');
  const record = { kind: 'event', stream, revision, envelope, leaf } as const;
  return event.mark === undefined ? record : { ...record, mark: event.mark };
}

function wrongIn({ issues }: { readonly issues: readonly { readonly path: PropertyKey[] }[] }) {
  return issues.map(({ path }) => path.map(String).join('.')).join(', ');
}

function readVault(event: ReadEvent, keptFor: string): StoreRecord {
  const kept = vaultEntryOf(event);
  return kept === undefined || !isEventId(keptFor) ? OTHER : { kind: 'vault', keptFor, kept };
}

function readSetting(event: ReadEvent, names: StoreNames): StoreRecord {
  const stream = event.streamId.slice('$$'.length);
  const isOurs = names.inPort(stream) !== undefined || names.keptFor(stream) !== undefined;
  if (!isOurs) return OTHER;
  const set = VANISHING.filter((name) => fieldOf(event.data, name) !== undefined);
  return { kind: 'setting', stream, vanishing: set.length === 0 ? undefined : set.join(', ') };
}

/** A name of a member that JavaScript moves before all others. */
const NUMBER_FOR_A_NAME = /"(?:0|[1-9]\d*)":/;

/** How an event is written; undefined where reading it would not give the same text again. */
export function proposedEvent(
  { id, type }: Pick<Envelope, 'id' | 'type'>,
  leaf: string,
): ProposedEvent | undefined {
  return NUMBER_FOR_A_NAME.test(leaf) ? undefined : { id, type, data: leaf };
}

const VAULT_TYPE = 'vault-entry';

/** What of an event goes into its vault; undefined when there is nothing. */
export function toBeKept({
  envelope,
  vault,
}: Pick<EventToKeep, 'envelope' | 'vault'>): KeptInStore | undefined {
  if (vault === undefined) return undefined;
  const { secret, disclosures: items } = vault;
  const digests = digestsOf(envelope);
  const names = items.flatMap((item, at): [string, string][] => {
    const digest = digests[at];
    const name = typeof item === 'object' ? item?.erased : undefined;
    return typeof name === 'string' && digest !== undefined ? [[digest, name]] : [];
  });
  return {
    ...(secret === undefined ? {} : { secret }),
    disclosures: items.filter((item) => typeof item === 'string'),
    ...(names.length === 0 ? {} : { erased: Object.fromEntries(names) }),
  };
}

/** How an entry of the vault is written. Its id follows from what it says: the same again is the same. */
export function vaultEvent({ secret, disclosures, erased }: KeptInStore): ProposedEvent {
  const data = JSON.stringify({
    ...(secret === undefined ? {} : { secret: Buffer.from(secret).toString('base64') }),
    disclosures: [...disclosures],
    ...(erased === undefined ? {} : { erased }),
  });
  const digest = nativeSha256(Buffer.from(data));
  return { id: uuidOf(digest), type: VAULT_TYPE, data };
}

/** What one event of a vault stream keeps; undefined when it is not one of ours. */
export function vaultEntryOf({ data }: ReadEvent): KeptInStore | undefined {
  const disclosures = fieldOf(data, 'disclosures');
  const secret = fieldOf(data, 'secret');
  const erased = fieldOf(data, 'erased');
  if (!Array.isArray(disclosures) || !disclosures.every(isText)) return undefined;
  return {
    ...(isText(secret) ? { secret: new Uint8Array(Buffer.from(secret, 'base64')) } : {}),
    disclosures,
    ...(typeof erased === 'object' && erased !== null ? { erased: namesIn(erased) } : {}),
  };
}

function namesIn(erased: object): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(erased).filter(([, name]) => isText(name)));
}

/** A UUIDv8 of a digest. */
function uuidOf(digest: Uint8Array): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [0, 8, 12, 16, 20].map((at, n, all) => hex.slice(at, all[n + 1] ?? 32)).join('-');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function fieldOf(data: unknown, name: string): unknown {
  if (typeof data !== 'object' || data === null) return undefined;
  return Object.entries(data).find(([key]) => key === name)?.[1];
}
