import type { EncodedVersions, StandingAnswer } from '@ceasewatch/api/contract/standing';
import type { StandingVersions } from '@ceasewatch/domain/situation/standing-versions';
import { getJson } from '../../../api/fetch-json.ts';

/** What the figures of a moment are summed from, as it comes over the wire. */
export async function askStanding(
  search: URLSearchParams,
  signal?: AbortSignal,
): Promise<StandingAnswer> {
  return getJson<StandingAnswer>('/api/situation/standing', {
    search,
    ...(signal === undefined ? {} : { signal }),
  });
}

export function decodeVersions(encoded: EncodedVersions): StandingVersions {
  return {
    from: new Uint32Array(bytesOf(encoded.from)),
    minute: new Int32Array(bytesOf(encoded.minute)),
    packed: new Uint32Array(bytesOf(encoded.packed)),
    sector: new Uint16Array(bytesOf(encoded.sector)),
    count: new Int32Array(bytesOf(encoded.count)),
    countCode: new Uint8Array(bytesOf(encoded.countCode)),
    sectors: encoded.sectors,
    details: encoded.details,
  };
}

/** Every machine that has a browser keeps the little end first, as the columns are sent. */
function bytesOf(base64url: string): ArrayBuffer {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (sign) => sign.charCodeAt(0)).buffer;
}
