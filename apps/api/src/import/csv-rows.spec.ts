import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { describeShared } from '../../../../scripts/beside-the-clone.ts';
import { readCsv } from './csv-rows.ts';

describe('readCsv', () => {
  it.each([
    ['a comma within quotes', 'a,b\n"1,2",3\n', [['1,2', '3']]],
    [
      'empty cells, quoted and not',
      'a,b\n1,""\n,4\n',
      [
        ['1', ''],
        ['', '4'],
      ],
    ],
    ['quotes that are doubled', 'a,b\n1,"say ""ha"""\n', [['1', 'say "ha"']]],
    ['JSON in a cell', 'a,b\n1,"{""x"": [1, 2]}"\n', [['1', '{"x": [1, 2]}']]],
    ['line breaks within quotes', 'a,b\n"1\n2",3\n', [['1\n2', '3']]],
    [
      'lines that end with CR and LF',
      'a,b\r\n"1\r\n2",3\r\n4,5\r\n',
      [
        ['1\r\n2', '3'],
        ['4', '5'],
      ],
    ],
    ['signs of many scripts', 'a,b\nʤ,Ցուցակ 𐎀\n', [['ʤ', 'Ցուցակ 𐎀']]],
    ['a byte order mark', '\ufeffa,b\n1,2\n', [['1', '2']]],
    ['a bare quote inside a cell', `a,b\n37.36'37.8"N,2\n`, [[`37.36'37.8"N`, '2']]],
  ])('reads %s', async (_, csv, wanted) => {
    const { header, rows } = await readCsv(Readable.from([Buffer.from(csv)]));
    expect(header).toEqual(['a', 'b']);
    const cells: (readonly string[])[] = [];
    for await (const row of rows) cells.push(row.cells);
    expect(cells).toEqual(wanted);
  });

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

describeShared('corpora/csv/csv-spectrum', 'csv-spectrum', (spectrum) => {
  it.each([
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
  ])('%s is read as its authors want it', async (name) => {
    const { default: wanted } = await import(join(spectrum, 'json', `${name}.json`), {
      with: { type: 'json' },
    });
    const { header, rows } = await readCsv(createReadStream(join(spectrum, 'csvs', `${name}.csv`)));
    const read: Record<string, string>[] = [];
    for await (const { cells } of rows) {
      read.push(Object.fromEntries(header.map((column, at) => [column, cells[at] ?? ''])));
    }
    expect(read).toEqual(wanted);
  });

  it('location_coordinates keeps a bare quote inside a cell', async () => {
    // Its wanted JSON has another telephone number than its CSV, so only the cell in question is compared.
    const { rows } = await readCsv(
      createReadStream(join(spectrum, 'csvs/location_coordinates.csv')),
    );
    const cells: string[] = [];
    for await (const row of rows) cells.push(...row.cells);
    expect(cells.join()).toMatch(/37.36'37\.8"N 121.2'17\.9"W/u);
  });
});
