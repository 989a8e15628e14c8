/**
 * A first look at whether a text is canonical JSON: names in ASCII, whole numbers and texts without
 * escapes, as nearly every event has them, read once from left to right and nothing made of them. What is
 * other than that may be canonical all the same; whoever asks has to look closer.
 *
 * @param bytes a well-formed text in UTF-8
 * @returns true only for canonical JSON (RFC 8785); false says nothing
 */
export function isPlainlyCanonical(bytes: Uint8Array): boolean {
  return pastValue(bytes, 0, 0) === bytes.length;
}

/** Deeper than any event. */
const DEEPEST = 20;
/** A whole number of more digits may have another spelling. */
const MOST_DIGITS = 15;
const NOT_PLAIN = -1;
const BEYOND = 0;

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN = 0x7b;
const CLOSE = 0x7d;
const DELETE = 0x7f;
const WORDS = ['false', 'null', 'true'].map((word) =>
  Uint8Array.from(word, (letter) => letter.charCodeAt(0)),
);

/** The place after the value that begins at `at`. */
function pastValue(bytes: Uint8Array, at: number, depth: number): number {
  const first = byteAt(bytes, at);
  if (first === QUOTE) return pastText(bytes, at + 1);
  if (first === OPEN) return depth === DEEPEST ? NOT_PLAIN : pastObject(bytes, at + 1, depth + 1);
  if (first === OPEN_LIST)
    return depth === DEEPEST ? NOT_PLAIN : pastList(bytes, at + 1, depth + 1);
  if (first === MINUS || isDigit(first)) return pastWhole(bytes, at);
  return pastWord(bytes, at);
}

/** What is not ASCII stands as it is. */
function pastText(bytes: Uint8Array, begin: number): number {
  for (let at = begin; ; at += 1) {
    const byte = byteAt(bytes, at);
    if (byte === QUOTE) return at + 1;
    if (byte < SPACE || byte === BACKSLASH) return NOT_PLAIN;
  }
}

function pastName(bytes: Uint8Array, begin: number): number {
  for (let at = begin; ; at += 1) {
    const byte = byteAt(bytes, at);
    if (byte === QUOTE) return at + 1;
    // Beyond ASCII the order of bytes is not that of UTF-16.
    if (byte < SPACE || byte === BACKSLASH || byte >= DELETE) return NOT_PLAIN;
  }
}

function pastWhole(bytes: Uint8Array, begin: number): number {
  const first = byteAt(bytes, begin) === MINUS ? begin + 1 : begin;
  let at = first;
  while (isDigit(byteAt(bytes, at))) at += 1;
  const digits = at - first;
  if (digits === 0 || digits > MOST_DIGITS) return NOT_PLAIN;
  // Zero stands alone and has no sign.
  if (byteAt(bytes, first) === ZERO && at > begin + 1) return NOT_PLAIN;
  return at;
}

function pastWord(bytes: Uint8Array, begin: number): number {
  for (const word of WORDS) {
    if (word.every((letter, at) => bytes[begin + at] === letter)) return begin + word.length;
  }
  return NOT_PLAIN;
}

function pastList(bytes: Uint8Array, begin: number, depth: number): number {
  if (byteAt(bytes, begin) === CLOSE_LIST) return begin + 1;
  for (let at = begin; ; at += 1) {
    at = pastValue(bytes, at, depth);
    if (at === NOT_PLAIN) return NOT_PLAIN;
    const next = byteAt(bytes, at);
    if (next === CLOSE_LIST) return at + 1;
    if (next !== COMMA) return NOT_PLAIN;
  }
}

function pastObject(bytes: Uint8Array, begin: number, depth: number): number {
  if (byteAt(bytes, begin) === CLOSE) return begin + 1;
  let before = NOT_PLAIN;
  for (let at = begin; ; at += 1) {
    if (byteAt(bytes, at) !== QUOTE) return NOT_PLAIN;
    const name = at + 1;
    at = pastName(bytes, name);
    if (at === NOT_PLAIN || byteAt(bytes, at) !== COLON) return NOT_PLAIN;
    if (before !== NOT_PLAIN && !isAscending(bytes, before, name)) return NOT_PLAIN;
    before = name;
    at = pastValue(bytes, at + 1, depth);
    if (at === NOT_PLAIN) return NOT_PLAIN;
    const next = byteAt(bytes, at);
    if (next === CLOSE) return at + 1;
    if (next !== COMMA) return NOT_PLAIN;
  }
}

/** Whether the second of two names, each up to its quote, comes after the first. */
function isAscending(bytes: Uint8Array, first: number, second: number): boolean {
  for (let ahead = 0; ; ahead += 1) {
    const one = byteAt(bytes, first + ahead);
    const other = byteAt(bytes, second + ahead);
    if (one === QUOTE) return other !== QUOTE;
    if (other === QUOTE) return false;
    if (one !== other) return one < other;
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? BEYOND;
}
