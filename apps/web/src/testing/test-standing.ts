import type { EncodedVersions, StandingAnswer } from '@ceasewatch/api/contract/standing';
import { emptySituation, toSituation } from '@ceasewatch/domain/situation/situation-fold';

export const AT = '2026-11-22T10:00:00.000Z';
export const UNIT = '019aa9c0-0000-7000-8000-0000000000b1';
const QUERY = { at: AT, window: '24h', zone: 'UTC', filter: {} } as const;

export const NO_VERSIONS: EncodedVersions = {
  from: '',
  minute: '',
  packed: '',
  sector: '',
  count: '',
  countCode: '',
  sectors: [],
  details: [],
};

/** As of an event: nothing is known yet but one unit, open for a week. */
export function standingOf(seq: number): StandingAnswer {
  const openedAt = '2026-11-15T10:00:00.000Z';
  return {
    situation: { ...toSituation(emptySituation(QUERY, [])), seq },
    reached: AT,
    fireItems: [],
    units: [{ unit: UNIT, openedAt, closedAt: null, lastReport: null, newestReport: null }],
    versions: NO_VERSIONS,
  };
}
