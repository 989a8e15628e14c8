import { refuse } from '../refusal.ts';

/**
 * Public text lies in the leaf, where one spelling must have one form of bytes: it is in Unicode
 * Normalization Form C or it is refused, never silently changed.
 *
 * @throws Refusal `invalid`, reason `not_nfc` or `not_text`, with the path of the field
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

/** Latin text without marks is in Form C whatever it says. */
const LATIN_1 = /^[ -~\u00a0-\u00ff]*$/;

function isGoodText(text: string): boolean {
  return LATIN_1.test(text) || (text.isWellFormed() && text.normalize('NFC') === text);
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
  throw refuse('invalid', {
    field,
    reason: 'not_nfc',
  });
}
