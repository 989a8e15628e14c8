import type { StandingVersions } from '@ceasewatch/domain/situation/standing-versions';
import type { EncodedVersions } from '../contract/standing.ts';

/** JSON in UTF-8: made where the columns are, because half a million versions are ten megabytes. */
export function encodeStanding(standing: StandingVersions): Uint8Array<ArrayBuffer> {
  const encoded: EncodedVersions = {
    from: base64(standing.from),
    minute: base64(standing.minute),
    packed: base64(standing.packed),
    sector: base64(standing.sector),
    count: base64(standing.count),
    countCode: base64(standing.countCode),
    sectors: standing.sectors,
    details: standing.details,
  };
  return new TextEncoder().encode(JSON.stringify(encoded));
}

function base64({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64url');
}
