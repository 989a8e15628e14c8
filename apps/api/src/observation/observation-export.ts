import { resolvedOf } from '@ceasewatch/domain/measure/resolved';
import type { ObservationRow } from '@ceasewatch/domain/situation/observation-row';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { OBSERVATION_COLUMNS } from '../http/observation-columns.ts';
import { csvFormat, type RowFormat, type Told } from '../http/row-file.ts';
import { filterAsAsked } from '../http/told-filter.ts';
import type { ExportFacts } from './observation.queries.ts';

/** Observations as files. Public content only; narrative is read one observation at a time. */
export function toldOfList(
  { log, exercise, asOf, occurredUntil, centreZone }: ExportFacts,
  filter: ObservationFilter,
): Told {
  return {
    format: 'ceasewatch-observations.1',
    log,
    exercise,
    asOf,
    occurredUntil: occurredUntil ?? null,
    timeZone: 'UTC',
    centreZone,
    filter: filterAsAsked(filter),
  };
}

const MICRO = 1_000_000;

export const CSV = csvFormat(OBSERVATION_COLUMNS);

/** RFC 7946; what has no place is a feature without geometry, not left out. */
export const GEOJSON: RowFormat<ObservationRow> = {
  type: 'application/geo+json; charset=utf-8',
  head: (told) => `{"type":"FeatureCollection","ceasewatch":${JSON.stringify(told)},"features":[\n`,
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
