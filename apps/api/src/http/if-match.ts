import { refuse } from '@ceasewatch/domain/refusal';

const REVISION = /^\s*(?:"(\d{1,15})"|(\d{1,15}))\s*$/;

/**
 * Reads `If-Match: "3"` or `3`: the revision of the stream that the sender looked at.
 *
 * @throws Refusal invalid when the header is absent or is not one revision
 */
export function expectedRevision(header: string | undefined): number {
  const match = header === undefined ? null : REVISION.exec(header);
  if (match === null) {
    throw refuse('invalid', {
      field: 'if-match',
      reason: header === undefined ? 'required' : 'not_a_revision',
    });
  }
  return Number(match[1] ?? match[2]);
}
