import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { describeShared } from '../../../../scripts/beside-the-clone.ts';
import { csvCell, csvLine, original } from './csv.ts';

function readBack(cell: string): string {
  const [[only = ''] = []]: string[][] = parse(`${cell},end\r\n`, { bom: false });
  return original(only);
}

/** What a spreadsheet would take for a formula, after what it skips. */
function isInert(cell: string): boolean {
  const [[first = ''] = []]: string[][] = parse(`${cell},end\r\n`);
  return !/^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/u.test(first);
}

describe('a CSV cell', () => {
  test('keeps numbers as numbers', () => {
    expect(csvLine([-5, 1.5, true, null, undefined])).toBe('-5,1.5,true,,\r\n');
  });

  test('puts an apostrophe before a text that could run, and the importer takes it away', () => {
    expect(csvCell('=1+1')).toBe("'=1+1");
    expect(original("'=1+1")).toBe('=1+1');
    expect(readBack(csvCell("'quoted'"))).toBe("'quoted'");
  });
});

describeShared('corpora', 'a hostile value', (corpora) => {
  const read = (name: string) => JSON.parse(readFileSync(join(corpora, name), 'utf8'));
  const lists: readonly [name: string, values: readonly string[]][] = [
    ['own/csv-formula-injection.json', read('own/csv-formula-injection.json').values],
    ['blns/blns.json', read('blns/blns.json')],
  ];
  test.each(lists)('of %s is inert in a file and comes back unchanged', (_name, values) => {
    for (const value of values) {
      const cell = csvCell(value);
      expect([value, isInert(cell)]).toEqual([value, true]);
      expect(readBack(cell)).toBe(value);
    }
  });
});
