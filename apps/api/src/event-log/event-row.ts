import { hash } from 'node:crypto';
import type { Envelope } from '@ceasewatch/domain/recorded-event';
import { chainNext, sameHash } from '@ceasewatch/tlog/chain';
import type { StoredDisclosure, StoredEvent } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { nativeLeafHash, nativeSha256 } from './native-sha256.ts';

/**
 * What one row of the log says, and how it becomes an event that others may see. Every leaf is hashed
 * again when it is read: a flipped bit is an error that names the event, never data that is served.
 */
export interface EventRow {
  readonly seq: number;
  readonly leaf: string;
  readonly leafHash: Uint8Array;
  readonly chain: Uint8Array;
  /** The vault's row of this event; `null` when there is none. */
  readonly vault: string | null;
  /** What the leaf says, of a row that was written by who has it at hand. */
  readonly read?: Envelope | undefined;
}

/**
 * In the order of the digests in `data._sd`. Of an erased disclosure only its name is left, if it was
 * known; `null` is one that this vault never had.
 */
export type VaultRow = readonly VaultItem[];
export type VaultItem = string | { readonly erased: string | null } | null;

const NOTHING_DISCLOSED: Readonly<Record<string, StoredDisclosure>> = Object.freeze({});

/** @throws EventLogError log_corrupt when leaf or vault are not what was written */
export function storedEvent(row: EventRow): StoredEvent {
  verifyLeaf(row);
  return disclosingEvent(row);
}

/** The same of a row whose leaf was verified a moment ago. @throws EventLogError log_corrupt */
export function disclosingEvent(row: EventRow): StoredEvent {
  const event = openedEvent(row);
  if (event.disclosed !== NOTHING_DISCLOSED) verifyDisclosures(event);
  // A row that has gone astray here is missing where it belongs.
  else if (row.vault !== null) throw corrupt(row.seq, 'the vault has disclosures that it does not');
  return event;
}

/** What the vault shows is held against the digests of the leaf, like the leaf against its hash. */
function verifyDisclosures({ seq, disclosed }: StoredEvent): void {
  for (const name in disclosed) {
    const { disclosure, digest } = disclosed[name] ?? {};
    if (disclosure !== undefined && hash('sha256', disclosure, 'base64url') !== digest) {
      throw corrupt(seq, 'a disclosure in the vault is not the one that was written');
    }
  }
}

/** The same of a row whose leaf was hashed or verified in this process a moment ago. */
export function openedEvent(row: EventRow): StoredEvent {
  const envelope = row.read ?? envelopeOf(row.leaf);
  return {
    seq: row.seq,
    envelope,
    leaf: row.leaf,
    leafHash: row.leafHash,
    chain: row.chain,
    disclosed: disclosedOf(digestsOf(envelope), row),
  };
}

/** @throws EventLogError log_corrupt */
export function verifyLeaf(row: EventRow): void {
  if (!sameHash(nativeLeafHash(row.leaf), row.leafHash)) {
    throw corrupt(row.seq, 'its leaf is not the one that was hashed');
  }
}

/** The same of a leaf whose hash is at hand in hexadecimal. @throws EventLogError log_corrupt */
export function verifyLeafAsText(seq: number, leaf: string, leafHash: string): void {
  if (hash('sha256', `\0${leaf}`, 'hex') !== leafHash.toLowerCase()) {
    throw corrupt(seq, 'its leaf is not the one that was hashed');
  }
}

/** @throws EventLogError log_corrupt when `row` does not follow `before` in number and chain */
export function verifySuccession(before: Pick<EventRow, 'seq' | 'chain'>, row: EventRow): void {
  if (row.seq !== before.seq + 1) throw corrupt(before.seq + 1, 'it is missing');
  if (!sameHash(chainNext(before.chain, row.leafHash, nativeSha256), row.chain)) {
    throw corrupt(row.seq, 'the chain breaks here');
  }
}

/** The digests in a leaf, in their order. */
export function digestsOf(envelope: Envelope): readonly string[] {
  const digests = envelope.data['_sd'];
  if (!Array.isArray(digests)) return [];
  return digests.every(isText) ? digests : digests.filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

export function vaultRowOf(text: string): VaultRow {
  const items: VaultItem[] = JSON.parse(text);
  return items;
}

export function corrupt(seq: number, why: string): EventLogError {
  return new EventLogError('log_corrupt', `event ${seq} of the log is damaged: ${why}`, { seq });
}

/** A leaf was canonical JSON of an envelope when it was sealed, and its hash has been verified. */
function envelopeOf(leaf: string): Envelope {
  const envelope: Envelope = JSON.parse(leaf);
  return envelope;
}

function disclosedOf(
  digests: readonly string[],
  row: EventRow,
): Readonly<Record<string, StoredDisclosure>> {
  if (digests.length === 0) return NOTHING_DISCLOSED;
  const items = row.vault === null ? [] : vaultItemsOf(row, row.vault, digests.length);
  const disclosed: Record<string, StoredDisclosure> = {};
  digests.forEach((digest, at) => {
    const item = items[at] ?? null;
    if (item === null) {
      disclosed[digest] = { state: 'withheld', digest };
    } else if (typeof item === 'string') {
      const { name, value } = openedDisclosure(item, row.seq);
      disclosed[name] = { state: 'shown', value, digest, disclosure: item };
    } else {
      disclosed[item.erased ?? digest] = { state: 'erased', digest };
    }
  });
  return disclosed;
}

function vaultItemsOf({ seq }: EventRow, vault: string, count: number): VaultRow {
  try {
    const items: unknown = vaultRowOf(vault);
    if (Array.isArray(items) && items.length === count) return items;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw corrupt(seq, 'the vault does not match the digests of its leaf');
}

/** The same as `readDisclosure` of the proof, by Node's own decoder: a rebuild opens a million. */
export function openedDisclosure(disclosure: string, seq: number): { name: string; value: string } {
  try {
    const parts: unknown = JSON.parse(Buffer.from(disclosure, 'base64url').toString());
    const [, name, value]: unknown[] = Array.isArray(parts) ? parts : [];
    if (typeof name === 'string' && typeof value === 'string') return { name, value };
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
  }
  throw corrupt(seq, 'a disclosure in the vault cannot be opened');
}
