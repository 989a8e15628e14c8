import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { reportContent } from '@ceasewatch/domain/observation/observation.report';
import { readCsv } from './csv-rows.ts';
import { RowRefused } from './import-error.ts';
import { chooseLayout } from './known-layouts.ts';
import { NamedRow, type RowReading } from './layout.ts';
import { parseMapping } from './mapping.ts';

const EXAMPLES = new URL('../../../../docs/examples/mappings/', import.meta.url);
const diary = readFileSync(new URL('patrol-diary.json', EXAMPLES), 'utf8');
const acled = readFileSync(new URL('acled.json', EXAMPLES), 'utf8');

async function read(mapping: string, csv: string): Promise<(RowReading | RowRefused)[]> {
  const { header, rows } = await readCsv(Readable.from([Buffer.from(csv)]));
  const layout = chooseLayout(header, { mapping });
  const readings: (RowReading | RowRefused)[] = [];
  for await (const row of rows)
    readings.push(readOne(() => layout.read(new NamedRow(header, row))));
  return readings;
}

function readOne(reading: () => RowReading): RowReading | RowRefused {
  try {
    return reading();
  } catch (error) {
    if (error instanceof RowRefused) return error;
    throw error;
  }
}

describe('a mapping file', () => {
  it.each(readdirSync(EXAMPLES))('%s of the examples is one', (file) => {
    expect(parseMapping(readFileSync(new URL(file, EXAMPLES), 'utf8')).name).toBe(
      file.replace('.json', ''),
    );
  });

  it('reads wall clock times in the zone it names', async () => {
    const [row] = await read(
      diary,
      'Date,Time,What,How many,Where\n18.02.2021,13:58,bursts,12,Hill 204\n',
    );
    expect(row).toMatchObject({
      content: {
        kind: 'burst',
        count: { value: 12, qualifier: 'about', unit: 'occurrence' },
        when: { from: '2021-02-18T10:58:00.000Z', precision: 'minute', zone: 'Europe/Moscow' },
        where: { form: 'area', name: 'Hill 204' },
      },
    });
  });

  it('says that a number or a place was not recorded instead of making one up', async () => {
    const [row] = await read(diary, 'Date,Time,What,How many,Where\n18.02.2021,,drone,,\n');
    expect(row).toMatchObject({
      content: {
        count: { unknown: 'not_recorded' },
        when: { precision: 'day' },
        where: { form: 'unknown', reason: 'not_recorded' },
      },
    });
  });

  it('refuses a word it does not know, naming the column', async () => {
    const [row] = await read(
      diary,
      'Date,Time,What,How many,Where\n18.02.2021,13:58,thunder,1,x\n',
    );
    expect(row).toMatchObject({ column: 'What', reason: 'unknown_value' });
  });

  it.each([
    ['30.02.2021,13:58', 'Date', 'not_a_date'],
    ['18.02.2021,25:00', 'Time', 'not_a_time'],
    ['18.02.2021,1358', 'Time', 'not_a_time'],
  ])('refuses %s', async (cells, column, reason) => {
    const [row] = await read(diary, `Date,Time,What,How many,Where\n${cells},shots,1,x\n`);
    expect(row).toMatchObject({ column, reason });
  });

  it('takes a row of ACLED by its own id', async () => {
    const [row] = await read(
      acled,
      'event_id_cnty,event_date,time_precision,event_type,sub_event_type,latitude,longitude,fatalities,notes\n' +
        'AZE1,2020-10-02,1,Explosions/Remote violence,Shelling/artillery/missile attack,39.82,46.75,0,"a, b"\n',
    );
    expect(row).toMatchObject({
      key: ['AZE1'],
      content: { kind: 'explosion', explosion: 'impact' },
    });
    expect(
      row instanceof RowRefused ? undefined : reportContent.safeParse(row?.content).success,
    ).toBe(true);
  });

  it('is refused with the field that is wrong', () => {
    expect(() => parseMapping('{"name":"x"}')).toThrow(/source/);
    expect(() => parseMapping('{')).toThrow(/no JSON/);
  });
});
