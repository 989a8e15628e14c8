import { refuse } from '../refusal.ts';

/**
 * Public text lies in the leaf, where one spelling must have one form of bytes: it is in Unicode
 * Normalization Form C or it is refused, never silently changed. What cannot be seen is refused too: two
 * names that look alike must be alike, and none may turn the writing around it.
 *
 * @throws Refusal `invalid`, reason `not_nfc`, `not_text` or `hidden_character`, with the path
 */
export function refuseBadText(value: unknown): void {
  if (isGood(value)) return;
  refuseWithin(value, '');
}

/** Nearly every report is: no paths of fields are made for it. */
function isGood(value: unknown): boolean {
  if (typeof value === 'string') return isGoodText(value);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isGood);
  for (const key of Object.keys(value)) {
    if (!isGood((value as Readonly<Record<string, unknown>>)[key])) return false;
  }
  return true;
}

/** Latin text without marks is in Form C whatever it says; a soft hyphen cannot be seen. */
const LATIN_1 = /^[ -~\u00a0-\u00ac\u00ae-\u00ff]*$/;

/**
 * Controls but tab and line ends, format characters but the two joiners that some scripts are written
 * with, separators of lines, private code points.
 */
const HIDDEN = /(?![\t\n\r\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}]/u;

/** Embeddings, overrides and isolates: what stands after them is read in another order than it is kept. */
const TURNING = /[\u202a-\u202e\u2066-\u2069]/;

/**
 * Whether a text has characters that turn the writing around them. No text may, not even what is kept
 * as it came: "31 shells" must never be read as "13 shells". Marks of direction, which Hebrew and
 * Arabic are typed with, turn nothing and stay in what is kept.
 */
export function turnsTheWriting(text: string): boolean {
  return TURNING.test(text);
}

function isGoodText(text: string): boolean {
  if (LATIN_1.test(text)) return true;
  return text.isWellFormed() && !HIDDEN.test(text) && text.normalize('NFC') === text;
}

function refuseWithin(value: unknown, path: string): void {
  if (typeof value === 'string') return refuseText(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    refuseWithin(field, path === '' ? key : `${path}.${key}`);
  }
}

function refuseText(text: string, field: string): void {
  if (isGoodText(text)) return;
  if (!text.isWellFormed()) {
    throw refuse('invalid', {
      field,
      reason: 'not_text',
    });
  }
  throw refuse('invalid', { field, reason: HIDDEN.test(text) ? 'hidden_character' : 'not_nfc' });
}
