import { refuse } from '../refusal.ts';

/**
 * Public text lies in the leaf, where one spelling must have one form of bytes: it is in Unicode
 * Normalization Form C or it is refused, never silently changed.
 *
 * @throws Refusal `invalid`, reason `not_nfc` or `not_text`, with the path of the field
 */
export function refuseBadText(value: unknown, path = ''): void {
  if (typeof value === 'string') return refuseBadString(value, path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, field] of Object.entries(value)) {
    refuseBadText(field, path === '' ? key : `${path}.${key}`);
  }
}

function refuseBadString(text: string, field: string): void {
  if (!text.isWellFormed()) {
    throw refuse('invalid', {
      field,
      reason: 'not_text',
      message: `${field} contains half of a surrogate pair.`,
    });
  }
  if (text.normalize('NFC') !== text) {
    throw refuse('invalid', {
      field,
      reason: 'not_nfc',
      message: `${field} must be in Unicode Normalization Form C.`,
    });
  }
}
