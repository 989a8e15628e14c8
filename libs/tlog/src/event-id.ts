import { joined, utf8Bytes } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Sha256, sha256 as portableSha256 } from './sha256.ts';
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

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export function eventIdOf(bytes: Uint8Array): string {
  let id = '';
  for (let at = 0; at < 16; at += 1) {
    if (at === 4 || at === 6 || at === 8 || at === 10) id += '-';
    id += HEX[bytes[at] ?? 0] ?? '';
  }
  return id;
}

/** A UUIDv7 from milliseconds since 1970 and 10 random bytes. */
export function newEventId(ms: number, random: Uint8Array): string {
  return uuid(7, joined(timePrefix(ms), random.subarray(0, 10)));
}

/**
 * The id of a further event of a command: a UUIDv8 of the first 16 bytes of
 * SHA-256(16 bytes of the command's id ‖ index as 4 bytes, big-endian). The first event, index 0, has
 * the command's own id.
 */
export function followUpEventId(commandId: string, index: number): string {
  const counter = new Uint8Array(4);
  new DataView(counter.buffer).setUint32(0, index);
  return uuid(8, portableSha256(joined(eventIdBytes(commandId), counter)).subarray(0, 16));
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
  sha256: Sha256 = portableSha256,
): string {
  const digest = sha256(utf8Bytes(canonicalJson([declaredSource, ...key])));
  return uuid(8, joined(timePrefix(Math.max(0, dateMs)), digest.subarray(0, 10)));
}

function timePrefix(ms: number): Uint8Array {
  if (!Number.isSafeInteger(ms) || ms < 0 || ms > MAX_MS) {
    throw new TlogError('malformed_id', `not a time that an id can carry: ${ms}`);
  }
  const prefix = new Uint8Array(6);
  for (let at = 5, rest = ms; at >= 0; at -= 1) {
    prefix[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return prefix;
}

function uuid(version: 7 | 8, sixteen: Uint8Array): string {
  const bytes = Uint8Array.from(sixteen);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return eventIdOf(bytes);
}
