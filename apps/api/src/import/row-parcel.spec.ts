import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import type { SealedData } from '../event-log/seal-event.ts';
import { packRow, parcelOf, unpackRows } from './row-parcel.ts';
import type { TableRow } from './table-reading.ts';

const reading = {
  dateMs: Date.UTC(2011, 4, 4),
  content: {
    kind: 'other' as const,
    means: ['third_party' as const],
    when: { from: '2011-05-04T00:00:00.000Z', precision: 'day' as const, zone: 'UTC' },
    where: { form: 'point' as const, lat: 37.282368, lon: 43.249984 },
    narrative: 'half of a pair \ud83d, quotes " and a \u2028 line',
  },
  source: 'a table',
  again: false,
};

function sealed(n: number, disclosures?: readonly string[]): SealedData {
  const data = { kind: 'other', n, _sd: [`digest ${n}`] };
  const text = canonicalJson(data);
  if (disclosures === undefined) return { data, text };
  return { data, text, vault: { secret: new Uint8Array(32).fill(n), disclosures } };
}

function found(
  row: number,
  { id, ...rest }: { readonly id: string; readonly key?: string[]; readonly again?: boolean },
) {
  const says = { ...reading, id, ...rest };
  return { row, line: row + 1, id, isKeyed: rest.key !== undefined, reading: () => says };
}

/** With what it says instead of the way to it. */
function whole(row: TableRow): unknown {
  return 'refused' in row ? row : { ...row, reading: row.reading() };
}

describe('a parcel of rows', () => {
  it('holds what was put into it, each secret with its own row', () => {
    const rows: readonly TableRow[] = [
      { ...found(1, { id: 'a' }), sealed: sealed(1, ['one', 'two']) },
      { row: 2, line: 3, refused: { reason: 'missing', message: 'x is empty.', column: 'x' } },
      { ...found(3, { id: 'b', key: ['k'] }), sealed: sealed(2) },
      found(4, { id: 'c' }),
      { ...found(5, { id: 'd', again: true }), sealed: sealed(3, ['3']) },
    ];
    expect(unpackRows(structuredClone(parcelOf(rows.map(packRow)))).map(whole)).toEqual(
      rows.map(whole),
    );
  });

  it('may hold nothing that is sealed', () => {
    const rows = [found(1, { id: 'a' })];
    expect(unpackRows(parcelOf(rows.map(packRow))).map(whole)).toEqual(rows.map(whole));
    expect(unpackRows(parcelOf([]))).toEqual([]);
  });
});
