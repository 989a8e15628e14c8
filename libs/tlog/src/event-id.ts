import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './sha256.ts';
import { TlogError } from './tlog-error.ts';

/**
 * Ids of events, UUIDs of RFC 9562 in lower case. Version 7 is made by a client once per command;
 * version 8 is derived, so that whoever derives it again gets the same.
 */
const PATTERN = /^[0-9a-f]{8}-[0-9a-f]{4}-[78][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const MAX_MS = 2 ** 48 - 1;

export function isEventId(text: string): boolean {
  return PATTERN.test(text);
}

/** The 16 bytes of an id, as stores keep it. @throws TlogError malformed_id */
export function eventIdBytes(id: string): Uint8Array {
  if (!PATTERN.test(id)) {
    throw new TlogError('malformed_id', `not a UUIDv7 or UUIDv8: ${id.slice(0, 60)}`);
  }
  const bytes = new Uint8Array(16);
  let at = 0;
  for (let letter = 0; letter < id.length; letter += 2) {
    // Hyphens stand where they must: the pattern was tested.
    if (id.charCodeAt(letter) === HYPHEN) letter += 1;
    bytes[at++] = (hexDigit(id, letter) << 4) | hexDigit(id, letter + 1);
  }
  return bytes;
}

const HYPHEN = 0x2d;

/** The pattern admits 0–9 and a–f only. */
function hexDigit(id: string, at: number): number {
  const code = id.charCodeAt(at);
  return code < 0x3a ? code - 0x30 : code - 0x57;
}

export function eventIdOf(bytes: Uint8Array): string {
  const hex = bytesToHex(bytes);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** A UUIDv7 from milliseconds since 1970 and 10 random bytes. */
export function newEventId(ms: number, random: Uint8Array): string {
  return uuid(7, concatBytes(timePrefix(ms), random.subarray(0, 10)));
}

/**
 * The id of a further event of a command: a UUIDv8 of the first 16 bytes of
 * SHA-256(16 bytes of the command's id ‖ index as 4 bytes, big-endian). The first event, index 0, has
 * the command's own id.
 */
export function followUpEventId(commandId: string, index: number): string {
  const counter = new Uint8Array(4);
  new DataView(counter.buffer).setUint32(0, index);
  return uuid(8, sha256(concatBytes(eventIdBytes(commandId), counter)).subarray(0, 16));
}

/**
 * The id of an imported row: a UUIDv8 that begins with the row's own date and goes on with
 * SHA-256(JCS([declared source, …key])). The key is the row's own key, or all its cells followed by
 * its ordinal among equal rows; the canonical array keeps `["ab","c"]` and `["a","bc"]` apart.
 *
 * @param dateMs the row's date in milliseconds since 1970; a date before 1970 counts as 1970
 */
export function importedRowId(
  declaredSource: string,
  key: readonly string[],
  dateMs: number,
): string {
  const digest = sha256(utf8ToBytes(canonicalJson([declaredSource, ...key])));
  return uuid(8, concatBytes(timePrefix(Math.max(0, dateMs)), digest.subarray(0, 10)));
}

function timePrefix(ms: number): Uint8Array {
  if (!Number.isSafeInteger(ms) || ms < 0 || ms > MAX_MS) {
    throw new TlogError('malformed_id', `not a time that an id can carry: ${ms}`);
  }
  const prefix = new Uint8Array(8);
  new DataView(prefix.buffer).setBigUint64(0, BigInt(ms));
  return prefix.subarray(2);
}

function uuid(version: 7 | 8, sixteen: Uint8Array): string {
  const bytes = Uint8Array.from(sixteen);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return eventIdOf(bytes);
}
