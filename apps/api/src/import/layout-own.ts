import { parseInstant } from '@ceasewatch/domain/measure/instant';
import type { WhereEntry } from '@ceasewatch/domain/measure/where-entry';
import { refusedOfIssue } from '@ceasewatch/domain/shape-refusal';
import {
  reportContent,
  type ReportContent,
} from '@ceasewatch/domain/observation/observation.report';
import { refusalInEnglish } from '../in-english.ts';
import { original } from '../http/csv.ts';
import { RowRefused } from './import-error.ts';
import { type Layout, type NamedRow, quoted } from './layout.ts';

/**
 * The product's own layout: what `GET /api/observations.csv` writes. Another centre's observations
 * come in as external reports of third parties, each with its own id as key. Units, sectors and lines
 * are that centre's and mean nothing here, so a place comes in as what it was resolved to there, or by
 * its name, or as unknown.
 */
export const ownLayout: Layout = {
  name: 'ceasewatch',
  source: 'Ceasewatch export',
  recognises: (header) =>
    ['kind', 'means', 'from', 'to', 'precision', 'zone', 'latitude', 'longitude', 'error_m'].every(
      (name) => header.includes(name),
    ),
  read(written) {
    const row = written.undone(original);
    if (row.text('status') === 'retracted') {
      throw new RowRefused('status', 'retracted', 'The row was retracted where it comes from.');
    }
    const id = row.text('id');
    const from = row.required('from');
    return {
      ...(id === '' ? {} : { key: [id] }),
      dateMs: parseInstant(from, 'from').ms,
      content: contentOf(row, from),
    };
  },
};

function contentOf(row: NamedRow, from: string): ReportContent {
  const told: Record<string, unknown> = {
    kind: row.required('kind'),
    means: row.required('means').split(' '),
    when: {
      from,
      to: row.required('to'),
      precision: row.required('precision'),
      zone: row.required('zone'),
      ...(row.text('clock') === '' ? {} : { clock: row.text('clock') }),
    },
    where: placeOf(row),
    ...countOf(row),
    ...weaponOf(row),
  };
  for (const [name, column] of PLAIN) if (row.text(column) !== '') told[name] = row.text(column);
  if (row.text('restriction') !== '') told['restriction'] = { kind: row.text('restriction') };
  for (const column of ['direction', 'casualties']) {
    if (row.text(column) !== '') told[column] = json(row, column);
  }
  const content = reportContent.safeParse(told);
  if (content.success) return content.data;
  const refused = content.error.issues.slice(0, 1).map(refusedOfIssue);
  const field = refused[0]?.field ?? '';
  throw new RowRefused(COLUMN_OF[field] ?? field, 'invalid', refused.map(refusalInEnglish).join());
}

const PLAIN = [
  ['explosion', 'explosion'],
  ['confidence', 'confidence'],
] as const;

const COLUMN_OF: Readonly<Record<string, string>> = {
  'when.from': 'from',
  'when.to': 'to',
  'when.precision': 'precision',
  'when.zone': 'zone',
  'where.lat': 'latitude',
  'where.lon': 'longitude',
  'where.errorM': 'error_m',
  'count.value': 'count',
  'weapon.category': 'weapon',
};

function placeOf(row: NamedRow): WhereEntry {
  if (row.text('latitude') !== '' || row.text('longitude') !== '') {
    return {
      form: 'point',
      lat: row.number('latitude'),
      lon: row.number('longitude'),
      errorM: row.whole('error_m'),
    };
  }
  const name = row.text('place_name');
  return name === '' ? { form: 'unknown', reason: 'not_recorded' } : { form: 'area', name };
}

function countOf(row: NamedRow): object {
  const unknown = row.text('count_unknown');
  if (unknown !== '') return { count: { unknown } };
  if (row.text('count') === '') return {};
  return {
    count: {
      value: row.whole('count'),
      qualifier: row.required('count_qualifier'),
      unit: row.required('count_unit'),
      ...(row.text('count_low') === '' ? {} : { low: row.whole('count_low') }),
      ...(row.text('count_high') === '' ? {} : { high: row.whole('count_high') }),
    },
  };
}

function weaponOf(row: NamedRow): object {
  if (row.text('weapon') === '') return {};
  return {
    weapon: {
      category: row.text('weapon'),
      ...(row.text('calibre_mm') === ''
        ? {}
        : { calibreUm: Math.round(row.number('calibre_mm') * 1000) }),
      ...(row.text('weapon_confidence') === ''
        ? {}
        : { confidence: row.text('weapon_confidence') }),
    },
  };
}

function json(row: NamedRow, column: string): unknown {
  const text = row.text(column);
  try {
    return JSON.parse(text);
  } catch {
    throw new RowRefused(column, 'not_json', `${column} must be JSON, not ${quoted(text)}.`);
  }
}
