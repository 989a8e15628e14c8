import { isKnown } from '@ceasewatch/domain/measure/count-words';
import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import { csvLine, type CsvValue } from '../http/csv.ts';
import type { ExportFacts } from './observation.queries.ts';

/**
 * Observations as files: one row is one piece of text, so an export of any length needs the memory of
 * one row. Public content only; narrative is read one observation at a time.
 */
export interface ExportFormat {
  readonly type: string;
  /** What the file is of, and how its rows begin; docs/export-format.md describes it. */
  readonly head: (facts: ExportFacts, filter: string) => string;
  readonly row: (row: ObservationRow, first: boolean) => string;
  readonly tail: (rows: number) => string;
}

const FORMAT = 'ceasewatch-observations.1';

/** The same in every format; the filter as it was asked, percent-encoded. */
function toldOf({ occurredUntil, ...facts }: ExportFacts, filter: string): object {
  return {
    format: FORMAT,
    log: facts.log,
    exercise: facts.exercise,
    asOf: facts.asOf,
    occurredUntil: occurredUntil ?? null,
    timeZone: 'UTC',
    centreZone: facts.centreZone,
    filter,
  };
}

/** No value holds a comma, a quote or a line's end, so a comment is one cell and begins no other. */
function commentsOf(facts: ExportFacts, filter: string): string {
  const { seq, time } = facts.asOf;
  const told = { ...toldOf(facts, filter), asOf: `event ${seq} of ${time}` };
  return Object.entries(told)
    .map(([name, value]) => `# ${name}: ${value ?? ''}\r\n`)
    .join('');
}

const MICRO = 1_000_000;

type Column = readonly [name: string, value: (row: ObservationRow) => CsvValue];

/** The product's own CSV layout; the importer reads it again by these names. Add at the end only. */
const COLUMNS: readonly Column[] = [
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

export const CSV: ExportFormat = {
  type: 'text/csv; charset=utf-8',
  head: (facts, filter) => commentsOf(facts, filter) + csvLine(COLUMNS.map(([name]) => name)),
  row: (row) => csvLine(COLUMNS.map(([, value]) => value(row))),
  tail: () => '',
};

export const NDJSON: ExportFormat = {
  type: 'application/x-ndjson; charset=utf-8',
  head: (facts, filter) => `${JSON.stringify({ export: 'head', ...toldOf(facts, filter) })}\n`,
  row: (row) => `${JSON.stringify(row)}\n`,
  tail: (rows) => `${JSON.stringify({ export: 'end', rows })}\n`,
};

/** RFC 7946; what has no place is a feature without geometry, not left out. */
export const GEOJSON: ExportFormat = {
  type: 'application/geo+json; charset=utf-8',
  head: (facts, filter) =>
    `{"type":"FeatureCollection","ceasewatch":${JSON.stringify(toldOf(facts, filter))},"features":[\n`,
  row: (row, first) => `${first ? '' : ',\n'}${JSON.stringify(featureOf(row))}`,
  tail: () => '\n]}\n',
};

function featureOf(row: ObservationRow): object {
  const place = resolvedOf(row.where);
  const { id, ...properties } = row;
  return {
    type: 'Feature',
    id,
    geometry:
      place === undefined
        ? null
        : { type: 'Point', coordinates: [place.lon / MICRO, place.lat / MICRO] },
    properties,
  };
}

function knownCount({ count }: ObservationRow) {
  return count !== undefined && isKnown(count) ? count : undefined;
}

function degrees(microdegrees: number | undefined): number | undefined {
  return microdegrees === undefined ? undefined : microdegrees / MICRO;
}
