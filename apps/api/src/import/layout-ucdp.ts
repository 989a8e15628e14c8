import type { Count } from '@ceasewatch/domain/measure/count';
import { errorMOf, precisionOfUcdp } from '@ceasewatch/domain/measure/place-precision';
import type { WhereEntry } from '@ceasewatch/domain/measure/where-entry';
import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import { dayMs, dayOf, daysIn } from './cell-time.ts';
import { RowRefused } from './import-error.ts';
import { type Layout, type NamedRow, placeNameOf } from './layout.ts';

/**
 * The Uppsala Conflict Data Program's event tables: the Georeferenced Event Dataset (44 or 49 columns)
 * and the coded reports about Nagorno-Karabakh. An event there is armed force with deaths, so it
 * becomes an observation of kind `casualty` by a third party. Places that the codebook knows only as a
 * line or an area stay that; low and high estimates are kept beside the best one.
 */
const UCDP = 'Uppsala Conflict Data Program';

export const ucdpGed: Layout = {
  name: 'ucdp-ged',
  source: `${UCDP}, Georeferenced Event Dataset`,
  recognises: (header) =>
    ['id', 'where_prec', 'date_prec', 'date_start', 'date_end', 'best', 'high', 'low'].every(
      (name) => header.includes(name),
    ),
  read(row) {
    const [first, last] = days(row, 'date_start', 'date_end');
    return {
      key: [row.required('id')],
      dateMs: dayMs(first),
      content: {
        ...deaths({
          military: row.whole('deaths_a') + row.whole('deaths_b'),
          civilian: row.whole('deaths_civilians'),
          notKnown: row.whole('deaths_unknown'),
          best: row.whole('best'),
          low: row.whole('low'),
          high: row.whole('high'),
        }),
        when: daysIn('UTC', first, last),
        where: gedPlace(row),
        narrative: narrative(row, [
          'conflict_name',
          'dyad_name',
          'where_coordinates',
          'where_description',
          'adm_1',
          'adm_2',
          'country',
          'where_prec',
          'date_prec',
          'event_clarity',
          'deaths_a',
          'deaths_b',
          'low',
          'best',
          'high',
          'number_of_sources',
          'source_article',
          'relid',
        ]),
      },
    };
  },
};

export const ucdpNagornoKarabakh: Layout = {
  name: 'ucdp-nagorno-karabakh',
  source: `${UCDP}, Nagorno-Karabakh`,
  recognises: (header) =>
    ['id', 'deaths_side_a', 'deaths_low', 'deaths_high', 'location_where_name', 'start_date'].every(
      (name) => header.includes(name),
    ),
  read(row) {
    const [first, last] = days(row, 'start_date', 'end_date');
    const military = row.whole('deaths_side_a') + row.whole('deaths_side_b');
    const civilian = row.whole('deaths_civilian');
    const notKnown = row.whole('deaths_unknown');
    return {
      key: [row.required('id')],
      dateMs: dayMs(first),
      content: {
        ...deaths({
          military,
          civilian,
          notKnown,
          best: military + civilian + notKnown,
          low: row.whole('deaths_low'),
          high: row.whole('deaths_high'),
        }),
        when: daysIn('Asia/Baku', first, last),
        where: namedPlace(row),
        narrative: narrative(row, [
          'side_a_name',
          'side_b_name',
          'location_where_name',
          'location_adm2_name',
          'location_adm1_name',
          'location_root_name',
          'deaths_side_a',
          'deaths_side_b',
          'deaths_low',
          'deaths_high',
          'source_article',
          'source_date',
        ]),
      },
    };
  },
};

function days(row: NamedRow, from: string, to: string): [first: string, last: string] {
  const first = dayOf(row.required(from), 'YYYY-MM-DD', from);
  const last = dayOf(row.required(to), 'YYYY-MM-DD', to);
  if (last < first) throw new RowRefused(to, 'ends_before_it_begins', `${to} lies before ${from}.`);
  return [first, last];
}

interface Deaths {
  readonly military: number;
  readonly civilian: number;
  readonly notKnown: number;
  readonly best: number;
  readonly low: number;
  readonly high: number;
}

type Told = Pick<ReportContent, 'kind' | 'means' | 'count' | 'casualties'>;

/**
 * The best estimate with its bounds is the observation's count; its parts are the casualties, as vague
 * as their sum. Which side the military dead belonged to is the source's judgement and stays in the
 * narrative. An event whose best estimate is zero has no count, so its bounds stand with the casualties
 * not known.
 */
function deaths({ military, civilian, notKnown, best, low, high }: Deaths): Told {
  const vague = low !== high;
  // Some rows contradict themselves; a bound on the wrong side of the best estimate stays narrative.
  const bounds = {
    ...(vague && low <= best ? { low } : {}),
    ...(vague && high >= best ? { high } : {}),
  };
  const qualifier = vague ? 'about' : 'exact';
  const estimate = { qualifier, unit: 'person', ...bounds } as const;
  const told = { military, civilian, not_known: notKnown };
  const casualties = PERSONS.filter((person) => told[person] > 0).map((person) =>
    killed(person, { value: told[person], qualifier, unit: 'person' }),
  );
  return {
    kind: 'casualty',
    means: ['third_party'],
    ...(best > 0 ? { count: { value: best, ...estimate } } : {}),
    casualties: best > 0 ? casualties : [killed('not_known', { value: 0, ...estimate })],
  };
}

const PERSONS = ['military', 'civilian', 'not_known'] as const;

function killed(person: (typeof PERSONS)[number], count: Count) {
  return { outcome: 'killed' as const, person, count };
}

/** `where_prec` says what the coordinates are worth: beyond 2 they are only near a named place. */
function gedPlace(row: NamedRow): WhereEntry {
  const precision = precisionOfUcdp(row.whole('where_prec'));
  if (precision === undefined) {
    throw new RowRefused('where_prec', 'not_in_the_codebook', 'where_prec must be from 1 to 7.');
  }
  const lat = row.number('latitude');
  const lon = row.number('longitude');
  const errorM = errorMOf(precision);
  if (errorM !== undefined) return { form: 'point', lat, lon, errorM };
  const name = placeName(
    row,
    precision === 'district' ? 'adm_2' : precision === 'province' ? 'adm_1' : 'where_coordinates',
    'where_coordinates',
    'country',
  );
  return { form: isLine(name) ? 'line' : 'area', name };
}

function namedPlace(row: NamedRow): WhereEntry {
  const name = placeName(
    row,
    'location_where_name',
    'location_adm2_name',
    'location_adm1_name',
    'location_root_name',
  );
  return { form: isLine(name) ? 'line' : 'area', name };
}

/** The first of these columns that says anything. @throws RowRefused `missing` */
function placeName(row: NamedRow, ...columns: readonly [string, ...string[]]): string {
  for (const column of columns) {
    const name = placeNameOf(row.text(column));
    if (name !== '') return name;
  }
  throw new RowRefused(columns[0], 'missing', 'No column names the place.');
}

function isLine(name: string): boolean {
  return /\bline of contact\b|\b(?:border|road|river|highway)\b/i.test(name);
}

/** What the columns above do not carry, one `column: value` a line; empty cells are left out. */
function narrative(row: NamedRow, columns: readonly string[]): string {
  return columns
    .map((column) => [column, row.text(column)] as const)
    .filter(([, text]) => text !== '')
    .map(([column, text]) => `${column}: ${text}`)
    .join('\n');
}
