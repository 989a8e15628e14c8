import type { StandingVersions } from '@ceasewatch/domain/situation/standing-versions';
import type { EncodedVersions } from '../contract/standing.ts';

/**
 * Of more, a pass over them would hold a page longer for each minute that is played than it takes to ask
 * the node, which passes over them beside all else; and they would be many megabytes.
 */
export const MOST_STANDING = 100_000;

/** JSON in UTF-8: made where the columns are, because so many versions are two megabytes. */
export function encodeStanding(standing: StandingVersions | null): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(standing === null ? null : encoded(standing)));
}

function encoded(standing: StandingVersions): EncodedVersions {
  return {
    from: base64(standing.from),
    minute: base64(standing.minute),
    packed: base64(standing.packed),
    sector: base64(standing.sector),
    count: base64(standing.count),
    countCode: base64(standing.countCode),
    sectors: standing.sectors,
    details: standing.details,
  };
}

function base64({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64url');
}
