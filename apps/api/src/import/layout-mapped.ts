import type { WhenEntry } from '@ceasewatch/domain/measure/when';
import type { WhereEntry } from '@ceasewatch/domain/measure/where-entry';
import type { ReportContent } from '@ceasewatch/domain/observation/observation.report';
import { dayMs, dayOf, daysIn, instantOf } from './cell-time.ts';
import { RowRefused } from './import-error.ts';
import { type Layout, type NamedRow, placeNameOf, quoted } from './layout.ts';
import type { Mapping } from './mapping.ts';

/** Makes a layout of a mapping file: the columns it names, read as it says, and nothing else. */
export function mapped(mapping: Mapping): Layout {
  return {
    name: mapping.name,
    source: mapping.source,
    recognises: (header) => mapping.columns.every((column) => header.includes(column)),
    read(row) {
      const first = dayOf(
        row.required(mapping.when.from.column),
        mapping.when.from.format,
        mapping.when.from.column,
      );
      const text = narrativeOf(mapping, row);
      return {
        ...(mapping.key === undefined
          ? {}
          : { key: mapping.key.map((column) => row.required(column)) }),
        dateMs: dayMs(first),
        content: {
          ...whatOf(mapping, row),
          means: mapping.means,
          when: whenOf(mapping, row, first),
          where: whereOf(mapping, row),
          ...countOf(mapping, row),
          ...casualtiesOf(mapping, row),
          ...(text === '' ? {} : { narrative: text }),
        },
      };
    },
  };
}

function whatOf(
  { what }: Mapping,
  row: NamedRow,
): Pick<ReportContent, 'kind' | 'explosion' | 'weapon'> {
  const value = what.column === undefined ? '' : row.text(what.column);
  const known = Object.hasOwn(what.values ?? {}, value) ? what.values?.[value] : what.otherwise;
  if (known === undefined) {
    throw new RowRefused(
      what.column,
      'unknown_value',
      `The mapping does not say what ${quoted(value)} is.`,
    );
  }
  const { kind, explosion, weapon } = known;
  return {
    kind,
    ...(explosion === undefined ? {} : { explosion }),
    ...(weapon === undefined ? {} : { weapon: { category: weapon } }),
  };
}

function whenOf({ when }: Mapping, row: NamedRow, first: string): WhenEntry {
  const { from, to, precision, zone } = when;
  if (from.time !== undefined && row.text(from.time) !== '') {
    return {
      from: instantOf(first, row.text(from.time), zone, from.time),
      precision: precision ?? 'minute',
      zone,
      clock: 'source',
    };
  }
  const last = to === undefined ? first : dayOf(row.required(to.column), to.format, to.column);
  if (last < first) {
    throw new RowRefused(to?.column, 'ends_before_it_begins', 'The row ends before it begins.');
  }
  return daysIn(zone, first, last);
}

function whereOf({ where }: Mapping, row: NamedRow): WhereEntry {
  switch (where.form) {
    case 'point':
      // A row without coordinates happened somewhere all the same: it is kept, with its place unknown.
      if (row.text(where.lat) === '' && row.text(where.lon) === '') {
        return { form: 'unknown', reason: 'not_recorded' };
      }
      return {
        form: 'point',
        lat: row.number(where.lat),
        lon: row.number(where.lon),
        errorM: where.errorM,
      };
    case 'area':
    case 'line': {
      const name = placeNameOf(row.text(where.name));
      if (name === '') return { form: 'unknown', reason: 'not_recorded' };
      return { form: where.form, name };
    }
    case 'unknown':
      return { form: 'unknown', reason: 'not_recorded' };
    default:
      return where satisfies never;
  }
}

function countOf({ count }: Mapping, row: NamedRow): Pick<ReportContent, 'count'> {
  if (count === undefined) return {};
  if (row.text(count.column) === '') return { count: { unknown: 'not_recorded' } };
  const value = row.whole(count.column);
  return value === 0 ? {} : { count: { value, qualifier: count.qualifier, unit: count.unit } };
}

function casualtiesOf({ casualties }: Mapping, row: NamedRow): Pick<ReportContent, 'casualties'> {
  if (casualties === undefined) return {};
  return {
    casualties: casualties.map(({ column, outcome, person, qualifier }) => ({
      outcome,
      person,
      count:
        row.text(column) === ''
          ? { unknown: 'not_recorded' as const }
          : { value: row.whole(column), qualifier, unit: 'person' as const },
    })),
  };
}

function narrativeOf({ narrative = [] }: Mapping, row: NamedRow): string {
  return narrative
    .map((column) => [column, row.text(column)] as const)
    .filter(([, text]) => text !== '')
    .map(([column, text]) => `${column}: ${text}`)
    .join('\n');
}
