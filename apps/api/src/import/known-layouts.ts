import { ImportError } from './import-error.ts';
import { mapped } from './layout-mapped.ts';
import { ownLayout } from './layout-own.ts';
import { ucdpGed, ucdpNagornoKarabakh } from './layout-ucdp.ts';
import type { Layout } from './layout.ts';
import { type Mapping, parseMapping } from './mapping.ts';

/** Attacks on a map: `date,longitude,latitude,type`. SAF is small-arms fire; every other word stays told. */
const attacks: Mapping = {
  name: 'attacks',
  source: 'Attack list (date, longitude, latitude, type)',
  columns: ['date', 'longitude', 'latitude', 'type'],
  when: { from: { column: 'date', format: 'YYYY-MM-DD' }, zone: 'UTC' },
  where: { form: 'point', lat: 'latitude', lon: 'longitude', errorM: 1_000 },
  what: {
    column: 'type',
    values: {
      SAF: { kind: 'burst_or_shot', weapon: 'small_arms' },
      IED: { kind: 'explosion', explosion: 'undetermined', weapon: 'mine_or_ied' },
    },
    otherwise: { kind: 'other' },
  },
  means: ['third_party'],
  narrative: ['type'],
};

/** Warnings of rocket fire by named areas; each carries two dates, of which the one with seconds is read. */
const alerts: Mapping = {
  name: 'alerts',
  source: 'Home front alerts',
  columns: ['data', 'date', 'time', 'alertDate', 'category', 'category_desc', 'matrix_id', 'rid'],
  key: ['rid'],
  when: {
    from: { column: 'date', format: 'DD.MM.YYYY', time: 'time' },
    precision: 'second',
    zone: 'Asia/Jerusalem',
  },
  where: { form: 'area', name: 'data' },
  what: {
    column: 'category',
    values: { '1': { kind: 'projectile_in_flight' }, '2': { kind: 'aircraft' } },
    otherwise: { kind: 'other' },
  },
  means: ['third_party'],
  narrative: ['data', 'category_desc', 'alertDate', 'matrix_id'],
};

export const KNOWN_LAYOUTS: readonly Layout[] = [
  ownLayout,
  ucdpGed,
  ucdpNagornoKarabakh,
  mapped(alerts),
  mapped(attacks),
];

/**
 * The layout that was named, that a mapping file makes, or that the header shows.
 *
 * @throws ImportError `unknown_layout`, `bad_mapping`
 */
export function chooseLayout(
  header: readonly string[],
  asked: { readonly layout?: string | undefined; readonly mapping?: string | undefined },
): Layout {
  if (asked.mapping !== undefined) return fitting(mapped(parseMapping(asked.mapping)), header);
  if (asked.layout !== undefined) {
    const named = KNOWN_LAYOUTS.find(({ name }) => name === asked.layout);
    if (named === undefined) {
      const names = KNOWN_LAYOUTS.map(({ name }) => name).join(', ');
      throw new ImportError(
        'unknown_layout',
        `There is no layout ${asked.layout}; there are ${names}.`,
      );
    }
    return fitting(named, header);
  }
  const recognised = KNOWN_LAYOUTS.find((layout) => layout.recognises(header));
  if (recognised !== undefined) return recognised;
  throw new ImportError(
    'unknown_layout',
    `No layout has the columns ${header.slice(0, 12).join(', ')}: write a mapping file (docs/examples/mappings).`,
    1,
  );
}

function fitting(layout: Layout, header: readonly string[]): Layout {
  if (layout.recognises(header)) return layout;
  throw new ImportError(
    'unknown_layout',
    `The header lacks columns of the layout ${layout.name}.`,
    1,
  );
}
