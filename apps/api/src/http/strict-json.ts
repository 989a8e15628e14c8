import { refuse } from '@ceasewatch/domain/refusal';
import { RequestError } from './request-error.ts';

/**
 * JSON that can be read in one way only. `JSON.parse` decides what JSON is; this room then walks the
 * same text once more for what parsers quietly differ on: repeated names, names that reach into
 * prototypes, numbers without end, nesting without end, halves of surrogate pairs.
 */
export const MAX_DEPTH = 32;
/** Longer than any number with a meaning here, shorter than what is slow to convert. */
export const MAX_NUMBER_CHARS = 128;

const FORBIDDEN_NAMES: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the bytes of a body.
 *
 * @throws RequestError malformed_json
 * @throws Refusal invalid for a repeated name or half a surrogate pair: JSON allows them, we do not
 */
export function parseStrictJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch (cause) {
    throw malformed('not_utf8', 'The body is not UTF-8.', cause);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    // The parser's own words quote the body, which may hold what nobody should read in a log.
    throw malformed('not_json', 'The body is not JSON.', cause);
  }
  new Walk(text).run();
  return value;
}

function malformed(reason: string, message: string, cause?: unknown): RequestError {
  const error = new RequestError('malformed_json', reason, message);
  if (cause !== undefined) error.cause = cause;
  return error;
}

interface Frame {
  /** Names met so far; null for an array. */
  readonly names: Set<string> | null;
  name: string;
  index: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** One pass over a text that is known to be JSON. */
class Walk {
  readonly #text: string;
  readonly #frames: Frame[] = [];
  #at = 0;
  /** The next string is a name: we stand behind `{`, or behind `,` in an object. */
  #nameComes = false;

  constructor(text: string) {
    this.#text = text;
  }

  run(): void {
    const text = this.#text;
    while (this.#at < text.length) {
      const char = text.charCodeAt(this.#at);
      if (char === QUOTE) this.#string();
      else if (char === 0x7b) this.#open(new Set());
      else if (char === 0x5b) this.#open(null);
      else if (char === 0x7d || char === 0x5d) this.#close();
      else if (char === 0x2c) this.#comma();
      else if (char === 0x2d || (char >= 0x30 && char <= 0x39)) this.#number();
      else this.#at += 1;
    }
  }

  #open(names: Set<string> | null): void {
    if (this.#frames.length === MAX_DEPTH) {
      throw malformed('too_deep', `The body is nested deeper than ${MAX_DEPTH}.`);
    }
    this.#frames.push({ names, name: '', index: 0 });
    this.#nameComes = names !== null;
    this.#at += 1;
  }

  #close(): void {
    this.#frames.pop();
    this.#nameComes = false;
    this.#at += 1;
  }

  #comma(): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined) {
      frame.index += 1;
      this.#nameComes = frame.names !== null;
    }
    this.#at += 1;
  }

  #string(): void {
    const start = this.#at;
    let escaped = false;
    let at = start + 1;
    for (let char = this.#text.charCodeAt(at); char !== QUOTE; char = this.#text.charCodeAt(at)) {
      if (char === BACKSLASH) {
        escaped = true;
        at += 1;
      }
      at += 1;
    }
    this.#at = at + 1;
    const isName = this.#nameComes;
    this.#nameComes = false;
    if (!escaped && !isName) return;
    const raw = this.#text.slice(start, this.#at);
    const value: unknown = escaped ? JSON.parse(raw) : raw.slice(1, -1);
    if (typeof value !== 'string') return;
    if (isName) this.#name(value);
    if (escaped && !value.isWellFormed()) {
      throw refuse('invalid', {
        field: this.#path(),
        reason: 'lone_surrogate',
      });
    }
  }

  #name(name: string): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || frame.names === null) return;
    frame.name = name;
    if (FORBIDDEN_NAMES.has(name)) {
      throw malformed('forbidden_name', `The name "${name}" is not accepted anywhere in a body.`);
    }
    if (frame.names.has(name)) {
      throw refuse('invalid', {
        field: this.#path(),
        reason: 'duplicate_key',
        params: { name: name.slice(0, 80) },
      });
    }
    frame.names.add(name);
  }

  #number(): void {
    const start = this.#at;
    let at = start + 1;
    for (; at < this.#text.length; at += 1) {
      const char = this.#text.charCodeAt(at);
      const part =
        (char >= 0x30 && char <= 0x39) || char === 0x2e || char === 0x2b || char === 0x2d;
      if (!part && char !== 0x65 && char !== 0x45) break;
    }
    if (at - start > MAX_NUMBER_CHARS) {
      throw malformed('number_too_long', `A number is longer than ${MAX_NUMBER_CHARS} characters.`);
    }
    this.#at = at;
  }

  /** Where we stand: `where.bearing.value`, `casualties.0.count`. */
  #path(): string {
    const steps = this.#frames.map(({ names, name, index }) =>
      names === null ? `${index}` : name,
    );
    return steps.join('.').slice(0, 200);
  }
}
