import canonicalize from 'canonicalize';
import { TlogError } from './tlog-error.ts';

/**
 * Canonical JSON of a value (RFC 8785): one text for one value, whoever writes it.
 *
 * @throws TlogError not_canonical for what JSON cannot carry
 */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (cause) {
    throw new TlogError('not_canonical', `not canonical JSON: ${reasonOf(cause)}`, { cause });
  }
  if (text === undefined) throw new TlogError('not_canonical', 'nothing to write');
  return text;
}

/** Whether a text is the canonical JSON of what it says: order, spelling, no key twice. */
export function isCanonicalJson(text: string): boolean {
  try {
    return canonicalJson(JSON.parse(text)) === text;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TlogError) return false;
    throw error;
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
