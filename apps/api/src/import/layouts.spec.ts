import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { reportContent } from '@ceasewatch/domain/observation/observation.report';
import { readCsv } from './csv-rows.ts';
import { chooseLayout } from './known-layouts.ts';
import { NamedRow, type RowReading } from './layout.ts';

const DATA = join(process.cwd(), '../shared/data');
const describeReal = existsSync(DATA) ? describe : describe.skip;
if (!existsSync(DATA))
  process.stdout.write('Real data files are absent (../shared/data): skipped.\n');

async function readings(file: string): Promise<{ layout: string; rows: RowReading[] }> {
  const { header, rows } = await readCsv(createReadStream(join(DATA, file)));
  const layout = chooseLayout(header, {});
  const read: RowReading[] = [];
  for await (const row of rows) read.push(layout.read(new NamedRow(header, row)));
  return { layout: layout.name, rows: read };
}

describeReal('the layouts of real files', () => {
  const files = [
    ['ucdp-nagorno-karabakh.csv', 'ucdp-nagorno-karabakh', 53],
    ['ucdp-ged-azerbaijan.csv', 'ucdp-ged', 3],
    ['ucdp-ged-world-sample.csv', 'ucdp-ged', 1_000],
    ['iraq-insurgent-attacks-5000.csv', 'attacks', 5_000],
    ['alerts-hebrew-2000.csv', 'alerts', 2_000],
  ] as const;

  it.each(files)(
    '%s is recognised as %s and every one of its %i rows is a report',
    async (file, name, count) => {
      const { layout, rows } = await readings(file);
      expect(layout).toBe(name);
      expect(rows).toHaveLength(count);
      for (const { content } of rows) reportContent.parse(content);
    },
  );

  it('Nagorno-Karabakh gets no point that the source does not have', async () => {
    const { rows } = await readings('ucdp-nagorno-karabakh.csv');
    const forms = rows.map(({ content }) => content.where.form);
    expect(forms.filter((form) => form === 'line')).toHaveLength(34);
    expect(forms).not.toContain('point');
    expect(rows.filter(({ content }) => content.when.precision === 'period')).toHaveLength(11);
  });

  it('an estimate keeps its bounds, even where the best one is zero', async () => {
    const { rows } = await readings('ucdp-nagorno-karabakh.csv');
    const fizuli = rows.find(({ key }) => key?.[0] === '155891');
    expect(fizuli?.content).toMatchObject({
      casualties: [
        {
          outcome: 'killed',
          person: 'not_known',
          count: { value: 0, qualifier: 'about', high: 1 },
        },
      ],
    });
    const bounded = rows.filter(({ content }) => JSON.stringify(content).includes('"high"'));
    expect(bounded.length).toBeGreaterThanOrEqual(8);
  });

  it('the world sample has a point only where the codebook says so', async () => {
    const { rows } = await readings('ucdp-ged-world-sample.csv');
    const points = rows.filter(({ content }) => content.where.form === 'point');
    expect(points).toHaveLength(475 + 232);
  });
});

describe('readCsv', () => {
  const SPECTRUM = join(process.cwd(), '../shared/corpora/csv/csv-spectrum');
  const itSpectrum = existsSync(SPECTRUM) ? it : it.skip;
  if (!existsSync(SPECTRUM))
    process.stdout.write('csv-spectrum is absent (../shared/corpora): skipped.\n');

  itSpectrum.each([
    'comma_in_quotes',
    'empty',
    'empty_crlf',
    'escaped_quotes',
    'json',
    'newlines',
    'newlines_crlf',
    'quotes_and_newlines',
    'simple',
    'simple_crlf',
    'utf8',
  ])('reads %s of csv-spectrum as its authors want it', async (name) => {
    const { default: wanted } = await import(join(SPECTRUM, 'json', `${name}.json`), {
      with: { type: 'json' },
    });
    const { header, rows } = await readCsv(createReadStream(join(SPECTRUM, 'csvs', `${name}.csv`)));
    const read: Record<string, string>[] = [];
    for await (const { cells } of rows) {
      read.push(Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ''])));
    }
    expect(read).toEqual(wanted);
  });

  itSpectrum(
    'keeps a bare quote inside a cell, as in location_coordinates of csv-spectrum',
    async () => {
      // Its wanted JSON has another telephone number than its CSV, so only the cell in question is compared.
      const { rows } = await readCsv(
        createReadStream(join(SPECTRUM, 'csvs/location_coordinates.csv')),
      );
      const cells: string[] = [];
      for await (const row of rows) cells.push(...row.cells);
      expect(cells.join()).toMatch(/37.36'37\.8"N 121.2'17\.9"W/u);
    },
  );

  it('tells the physical line of a row after cells with line breaks', async () => {
    const { rows } = await readCsv(Readable.from([Buffer.from('a,b\n"1\n2",x\r\n3,y\n')]));
    const lines: number[][] = [];
    for await (const { row, line } of rows) lines.push([row, line]);
    expect(lines).toEqual([
      [1, 2],
      [2, 4],
    ]);
  });

  it.each([
    ['bytes that are no UTF-8', [Buffer.from([0x61, 0x2c, 0xff, 0x0a])], 'not_utf8'],
    ['an empty file', [], 'no_header'],
    ['a column that stands twice', [Buffer.from('a,b,a\n1,2,3\n')], 'column_twice'],
  ])('refuses %s', async (_, chunks, code) => {
    await expect(readCsv(Readable.from(chunks))).rejects.toMatchObject({ code });
  });

  it('names the line of a quote that is never closed', async () => {
    const read = async () => {
      const { rows } = await readCsv(Readable.from([Buffer.from('a,b\n1,2\n"3,4\n')]));
      for await (const row of rows) expect(row.row).toBe(1);
    };
    await expect(read()).rejects.toMatchObject({ code: 'malformed_csv', line: 3 });
  });
});
