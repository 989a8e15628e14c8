import { fromBase64Url, toBase64Url } from './base64.ts';
import { joined, utf8Bytes } from './bytes.ts';
import { canonicalJson } from './canonical-json.ts';
import { type Sha256, sha256 as portableSha256 } from './sha256.ts';
import { TlogError } from './tlog-error.ts';

/**
 * What stays out of the leaf: narrative, names, text as entered. The leaf holds a salted digest in
 * `data._sd`; the disclosure lies in the vault and proves itself against the digest. Without its salt
 * a digest cannot be guessed from a likely text, so what is erased is gone although the leaf stays.
 */

export const SECRET_BYTES = 32;
const SALT_BYTES = 16;
const SHA256_BLOCK = 64;

declare class TextDecoder {
  constructor(label: 'utf-8', options: { fatal: true; ignoreBOM: true });
  decode(bytes: Uint8Array): string;
}
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export interface Disclosures {
  /** For `data._sd`: the digests, sorted. */
  readonly digests: readonly string[];
  /** For the vault: the disclosures in the order of their digests. */
  readonly disclosures: readonly string[];
}

export interface ReadDisclosure {
  readonly salt: Uint8Array;
  readonly name: string;
  readonly value: string;
}

/** How disclosures are written. Servers pass faster ones of the same functions; browsers pass none. */
export interface DisclosureWriting {
  readonly sha256: Sha256;
  /** base64url of the UTF-8 of a well-formed text. */
  readonly base64UrlOf: (text: string) => string;
  /** base64url(SHA-256(ASCII of disclosure)). */
  readonly digestOf: (disclosure: string) => string;
}

const PORTABLE: DisclosureWriting = {
  sha256: portableSha256,
  base64UrlOf: (text) => toBase64Url(utf8Bytes(text)),
  digestOf: (disclosure) => digestOf(disclosure),
};

/** The salt of one name: the first 16 bytes of HMAC-SHA-256(secret, name). */
export function saltOf(
  secret: Uint8Array,
  name: string,
  sha256: Sha256 = portableSha256,
): Uint8Array {
  const key = secret.length > SHA256_BLOCK ? sha256(secret) : secret;
  const inner = sha256(joined(padded(key, 0x36), utf8Bytes(name)));
  return sha256(joined(padded(key, 0x5c), inner)).slice(0, SALT_BYTES);
}

/** One block of the key and a pad, as RFC 2104 begins both of its hashes. */
function padded(key: Uint8Array, pad: number): Uint8Array {
  const block = new Uint8Array(SHA256_BLOCK).fill(pad);
  for (let at = 0; at < key.length; at += 1) block[at] = (key[at] ?? 0) ^ pad;
  return block;
}

/**
 * base64url(JCS([base64url(salt), name, value])).
 *
 * @throws TlogError not_canonical for a value with a lone surrogate
 */
export function disclosureOf(
  salt: Uint8Array,
  name: string,
  value: string,
  { base64UrlOf }: Pick<DisclosureWriting, 'base64UrlOf'> = PORTABLE,
): string {
  return base64UrlOf(canonicalJson([toBase64Url(salt), name, value]));
}

/** base64url(SHA-256(ASCII of disclosure)). */
export function digestOf(disclosure: string, sha256: Sha256 = portableSha256): string {
  return toBase64Url(sha256(utf8Bytes(disclosure)));
}

/** All disclosures of one event, from its one secret. */
export function disclose(
  secret: Uint8Array,
  values: Readonly<Record<string, string>>,
  writing: DisclosureWriting = PORTABLE,
): Disclosures {
  const made = Object.entries(values).map(([name, value]) => {
    const salt = saltOf(secret, name, writing.sha256);
    const disclosure = disclosureOf(salt, name, value, writing);
    return { disclosure, digest: writing.digestOf(disclosure) };
  });
  made.sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return {
    digests: made.map(({ digest }) => digest),
    disclosures: made.map(({ disclosure }) => disclosure),
  };
}

/**
 * Opens a disclosure.
 *
 * @throws TlogError malformed_disclosure, malformed_base64
 */
export function readDisclosure(disclosure: string): ReadDisclosure {
  const [salt, name, value, ...rest] = parsed(disclosure);
  if (typeof salt !== 'string' || typeof name !== 'string' || typeof value !== 'string') {
    throw new TlogError('malformed_disclosure', 'a disclosure is a salt, a name and a text');
  }
  if (rest.length > 0) throw new TlogError('malformed_disclosure', 'a disclosure has three parts');
  return { salt: fromBase64Url(salt), name, value };
}

function parsed(disclosure: string): unknown[] {
  try {
    const value: unknown = JSON.parse(utf8.decode(fromBase64Url(disclosure)));
    if (Array.isArray(value)) return value;
  } catch (cause) {
    if (cause instanceof TlogError) throw cause;
    throw new TlogError('malformed_disclosure', 'a disclosure is not JSON', { cause });
  }
  throw new TlogError('malformed_disclosure', 'a disclosure is an array');
}
