import { TlogError } from './tlog-error.ts';

/**
 * Base64 without help from Node or a browser, strict in both directions: one text for one value, so
 * that a disclosure cannot be written in two ways with two digests.
 */
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;
/** Two letters at a time: every event that discloses anything is written in them several times. */
const STANDARD_PAIRS = pairsOf(STANDARD);
const URL_SAFE_PAIRS = pairsOf(URL_SAFE);
/** Value of a letter by its code; `NO_LETTER` for all others. */
const NO_LETTER = 64;
const URL_VALUES = new Uint8Array(128).fill(NO_LETTER);
Array.from(URL_SAFE).forEach((letter, value) => (URL_VALUES[letter.charCodeAt(0)] = value));

function pairsOf(alphabet: string): readonly string[] {
  const letters = Array.from(alphabet);
  return letters.flatMap((first) => letters.map((second) => first + second));
}

/** Standard alphabet with padding, as checkpoints and hashes are printed. */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD_PAIRS);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** URL-safe alphabet without padding, as disclosures and digests are written. */
export function toBase64Url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE_PAIRS);
}

/** @throws TlogError malformed_base64, also for a text that another writer would have spelt differently */
export function fromBase64Url(text: string): Uint8Array {
  if (text.length % 4 === 1) throw malformed(text);
  const bytes = new Uint8Array(Math.floor((text.length * 6) / 8));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (let place = 0; place < text.length; place += 1) {
    const value = URL_VALUES[text.charCodeAt(place)] ?? NO_LETTER;
    if (value === NO_LETTER) throw malformed(text);
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = (held >> bits) & 0xff;
    }
  }
  // Left-over bits that are not zero would be a second spelling of the same bytes.
  if ((held & ((1 << bits) - 1)) !== 0) throw malformed(text);
  return bytes;
}

function encode(bytes: Uint8Array, pairs: readonly string[]): string {
  let text = '';
  let at = 0;
  for (const whole = bytes.length - 2; at < whole; at += 3) {
    const three = (byteAt(bytes, at) << 16) | (byteAt(bytes, at + 1) << 8) | byteAt(bytes, at + 2);
    text += `${pairs[three >> 12]}${pairs[three & 4_095]}`;
  }
  if (at === bytes.length) return text;
  // One byte left takes two letters, two bytes take three: what is not told of the last is zero.
  const rest = (byteAt(bytes, at) << 16) | (byteAt(bytes, at + 1) << 8);
  const last = `${pairs[rest >> 12]}${pairs[rest & 4_095]}`;
  return text + last.slice(0, bytes.length - at + 1);
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function malformed(text: string): TlogError {
  return new TlogError('malformed_base64', `not base64url: ${text.slice(0, 40)}`);
}
