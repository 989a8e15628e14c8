import { utf8Bytes } from './bytes.ts';
import { isPlainlyCanonical } from './plain-canonical.ts';
import { TlogError } from './tlog-error.ts';

/**
 * Canonical JSON (RFC 8785): one text for one value, whoever writes it. Written here because every
 * event passes through it several times and this takes less than half the time of the library that
 * the tests hold it against, value by value. Only plain data is written: objects, arrays, texts,
 * numbers, booleans and null; a member that is undefined is left out.
 *
 * @throws TlogError not_canonical for what JSON cannot carry
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** A value whose canonical JSON was written before, perhaps in another thread; it is put in as it stands. */
export class Canonical {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Whether a text is the canonical JSON of what it says: order, spelling, no key twice. */
export function isCanonicalJson(text: string): boolean {
  return readCanonicalJson(text) !== undefined;
}

/**
 * What a text says, `undefined` where it is not the canonical JSON of that.
 *
 * @param bytes the same text in UTF-8, from whoever has it at hand
 */
export function readCanonicalJson(text: string, bytes: Uint8Array = utf8Bytes(text)): unknown {
  try {
    const value: unknown = JSON.parse(text);
    if (text.isWellFormed() && isPlainlyCanonical(bytes)) return value;
    // Only a name that is a number stands elsewhere in the engine's text than in the canonical one.
    const isCanonical = writtenCanonically(value) === text || canonicalJson(value) === text;
    return isCanonical ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TlogError) return undefined;
    throw error;
  }
}

/** The text of a value that was parsed, `undefined` where its members do not stand in canonical order. */
export function writtenCanonically(value: unknown): string | undefined {
  // The engine's own writer is faster; where it agrees only order and surrogates are left to look at. It
  // goes down until the stack ends, which differs from node to node: how deep a value is, is asked before.
  const written = isInOrder(value, 0) ? JSON.stringify(value) : undefined;
  if (written !== undefined && isWellFormed(written)) return written;
  try {
    const canonical = canonicalJson(value);
    return canonical === JSON.stringify(value) ? canonical : undefined;
  } catch (error) {
    if (error instanceof TlogError) return undefined;
    throw error;
  }
}

/** Half a surrogate pair can only stand in a text as an escape, and nothing else is escaped by \\ud. */
function isWellFormed(text: string): boolean {
  return !text.includes('\\ud');
}

/** Whether the members of every object stand in the order of their names. */
function isInOrder(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === MAX_DEPTH) return false;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at += 1) if (!isInOrder(value[at], depth + 1)) return false;
    return true;
  }
  let before = '';
  let isFirst = true;
  for (const key in value) {
    if (!isFirst && key <= before) return false;
    isFirst = false;
    before = key;
    if (!isInOrder((value as Readonly<Record<string, unknown>>)[key], depth + 1)) return false;
  }
  return true;
}

/** Deeper than any event; what is deeper is a cycle or an attack on the stack. */
const MAX_DEPTH = 200;
/** Names of members recur in every event; others are few, and more than this are not kept. */
const KEPT_NAMES = 1_000;
/** Nothing to escape and no surrogate in it. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

const names = new Map<string, string>();

function write(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw notCanonical(`${value} is no number of JSON`);
      // ECMAScript's own spelling of numbers is the one that RFC 8785 prescribes; -0 is 0.
      return `${value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (value instanceof Canonical) return value.text;
      if (depth === MAX_DEPTH) throw notCanonical('nested too deeply, or in itself');
      return Array.isArray(value) ? array(value, depth) : object(value, depth);
    default:
      throw notCanonical(`JSON has no ${typeof value}`);
  }
}

function array(items: readonly unknown[], depth: number): string {
  let text = '[';
  for (let at = 0; at < items.length; at += 1) {
    text += at === 0 ? write(items[at], depth + 1) : `,${write(items[at], depth + 1)}`;
  }
  return `${text}]`;
}

function object(members: object, depth: number): string {
  if ('toJSON' in members && typeof members.toJSON === 'function') {
    throw notCanonical('what writes itself has no one spelling');
  }
  const keys = inOrder(Object.keys(members));
  let text = '{';
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at] ?? '';
    const member = (members as Readonly<Record<string, unknown>>)[key];
    if (member === undefined) continue;
    if (text.length > 1) text += ',';
    text += nameOf(key) + write(member, depth + 1);
  }
  return `${text}}`;
}

/** By UTF-16 code units, in place. Keys are few and nearly in order: insertion beats `sort`. */
function inOrder(keys: string[]): readonly string[] {
  if (keys.length > MANY_KEYS) return keys.sort();
  for (let at = 1; at < keys.length; at += 1) {
    const key = keys[at] ?? '';
    let to = at;
    for (let before = keys[to - 1]; before !== undefined && before > key; before = keys[to - 1]) {
      keys[to] = before;
      to -= 1;
    }
    keys[to] = key;
  }
  return keys;
}

const MANY_KEYS = 64;

function nameOf(key: string): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = `${quoted(key)}:`;
  if (names.size < KEPT_NAMES) names.set(key, name);
  return name;
}

function quoted(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw notCanonical('half of a surrogate pair');
  return JSON.stringify(text);
}

function notCanonical(why: string): TlogError {
  return new TlogError('not_canonical', `not canonical JSON: ${why}`);
}
