import { isKnown } from '@ceasewatch/domain/measure/count-words';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { CsvColumn } from './row-file.ts';

/** The product's own CSV layout; the importer reads it again by these names. Add at the end only. */
export const OBSERVATION_COLUMNS: readonly CsvColumn<ObservationRow>[] = [
  ['number', (row) => row.number],
  ['id', (row) => row.id],
  ['version', (row) => row.version],
  ['revision', (row) => row.revision],
  ['status', (row) => row.status],
  ['kind', (row) => row.kind],
  ['group', (row) => row.group],
  ['count', (row) => knownCount(row)?.value],
  ['count_qualifier', (row) => knownCount(row)?.qualifier],
  ['count_unit', (row) => knownCount(row)?.unit],
  ['count_low', (row) => knownCount(row)?.low],
  ['count_high', (row) => knownCount(row)?.high],
  ['count_unknown', ({ count }) => (count && !isKnown(count) ? count.unknown : undefined)],
  ['means', (row) => row.means.join(' ')],
  ['from', (row) => row.when.from],
  ['to', (row) => row.when.to],
  ['precision', (row) => row.when.precision],
  ['zone', (row) => row.when.zone],
  ['clock', (row) => row.when.clock],
  ['latitude', (row) => degrees(resolvedOf(row.where)?.lat)],
  ['longitude', (row) => degrees(resolvedOf(row.where)?.lon)],
  ['error_m', (row) => resolvedOf(row.where)?.errorM],
  ['place_method', (row) => resolvedOf(row.where)?.method],
  ['place_name', ({ where }) => ('name' in where ? where.name : undefined)],
  ['place', (row) => JSON.stringify(row.where)],
  ['sector', (row) => row.sector],
  ['unit', (row) => row.unit],
  ['contingent', (row) => row.contingent],
  ['origin', (row) => row.origin],
  ['explosion', (row) => row.explosion],
  ['weapon', (row) => row.weapon?.category],
  ['calibre_mm', (row) => row.weapon?.calibreUm && row.weapon.calibreUm / 1000],
  ['weapon_confidence', (row) => row.weapon?.confidence],
  ['direction', (row) => row.direction && JSON.stringify(row.direction)],
  ['casualties', (row) => row.casualties && JSON.stringify(row.casualties)],
  ['restriction', (row) => row.restriction?.kind],
  ['confidence', (row) => row.confidence],
  ['via', (row) => row.via],
  ['officer', (row) => row.officer],
  ['authn', (row) => row.authn],
  ['recorded_at', (row) => row.recordedAt],
  ['version_recorded_at', (row) => row.versionRecordedAt],
  ['reason', (row) => row.reason],
  ['late', (row) => row.late],
  ['seq', (row) => row.fromSeq],
];

function knownCount({ count }: ObservationRow) {
  return count !== undefined && isKnown(count) ? count : undefined;
}

function degrees(microdegrees: number | undefined): number | undefined {
  return microdegrees === undefined ? undefined : microdegrees / MICRO;
}

const MICRO = 1_000_000;
