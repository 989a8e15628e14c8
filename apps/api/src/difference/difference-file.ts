import type { ObservationDifference } from '../contract/difference.ts';
import { OBSERVATION_COLUMNS } from '../http/observation-columns.ts';
import { type CsvColumn, csvFormat, type Told } from '../http/row-file.ts';
import { filterAsAsked } from '../http/told-filter.ts';
import type { ChangesToExport, DifferenceFacts } from './export-difference.queries.ts';

/** A difference as a file: a row for each observation, as it stood and as it stands. */
export function toldOfDifference(
  { log, exercise, from, to, centreZone, query }: DifferenceFacts,
  { change, figure, occurredFrom }: ChangesToExport,
): Told {
  return {
    format: 'ceasewatch-difference.1',
    log,
    exercise,
    from,
    to,
    occurredFrom: occurredFrom ?? null,
    occurredUntil: query.occurredUntil ?? null,
    timeZone: 'UTC',
    centreZone,
    window: query.window,
    at: query.at,
    change: change ?? null,
    figure: figure ?? null,
    filter: filterAsAsked(query.filter),
  };
}

/** The same at both moments, so they are told once. */
const NAMES: ReadonlySet<string> = new Set(['number', 'id']);
const STATE = OBSERVATION_COLUMNS.filter(([name]) => !NAMES.has(name));

/** Add at the end only. */
const COLUMNS: readonly CsvColumn<ObservationDifference>[] = [
  ['number', (row) => row.number],
  ['id', (row) => row.id],
  ['change', (row) => row.change],
  ['shown_then', ({ shown }) => shown.then],
  ['shown_now', ({ shown }) => shown.now],
  ['figures', (row) => row.figures.join(' ')],
  ['fields', (row) => row.fields.map(({ field }) => field).join(' ')],
  ['disclosed', (row) => row.disclosed.map(({ name }) => name).join(' ')],
  ['events', (row) => row.events.map(({ seq }) => seq).join(' ')],
  ['events_in_all', (row) => row.eventsInAll],
  ['reasons', (row) => row.events.flatMap(({ reason }) => reason ?? []).join(' ')],
  ...STATE.map(([name, value]): CsvColumn<ObservationDifference> => [
    `then_${name}`,
    ({ before }) => (before === null ? undefined : value(before)),
  ]),
  ...STATE.map(([name, value]): CsvColumn<ObservationDifference> => [
    `now_${name}`,
    ({ after }) => value(after),
  ]),
];

export const DIFFERENCE_CSV = csvFormat(COLUMNS);
