import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { reportContent } from '@ceasewatch/domain/observation/observation.report';
import { describeShared } from '../../../../scripts/beside-the-clone.ts';
import { readCsv } from './csv-rows.ts';
import { chooseLayout } from './known-layouts.ts';
import { NamedRow, type RowReading } from './layout.ts';
import { ALERTS, EVENT_DATASET, NAGORNO_KARABAKH, TABLES } from './testing/tables.ts';

const readingsOfText = (csv: string) => readingsOf(Readable.from([Buffer.from(csv)]));

async function readingsOf(table: Readable): Promise<{ layout: string; rows: RowReading[] }> {
  const { header, rows } = await readCsv(table);
  const layout = chooseLayout(header, {});
  const read: RowReading[] = [];
  for await (const row of rows) read.push(layout.read(new NamedRow(header, row)));
  return { layout: layout.name, rows: read };
}

describe('the layouts', () => {
  it.each(TABLES)(
    'recognise $layout by its header, and every one of its $rows rows is a report',
    async ({ layout: name, rows: count, csv }) => {
      const { layout, rows } = await readingsOfText(csv);
      expect(layout).toBe(name);
      expect(rows).toHaveLength(count);
      for (const { content } of rows) reportContent.parse(content);
    },
  );

  it('make no point of a place that the source knows only by name', async () => {
    const { rows } = await readingsOfText(NAGORNO_KARABAKH.csv);
    expect(rows.map(({ content }) => content.where)).toEqual([
      { form: 'area', name: 'Shusha town' },
      { form: 'area', name: 'Fizuli rayon' },
      { form: 'line', name: 'Line of Contact' },
      { form: 'line', name: 'line of contact near a river' },
      { form: 'area', name: 'Tartar district' },
    ]);
    const precisions = rows.map(({ content }) => content.when.precision);
    expect(precisions).toEqual(['day', 'day', 'period', 'day', 'day']);
  });

  it('keep the bounds of an estimate where they do not contradict it', async () => {
    const { rows } = await readingsOfText(NAGORNO_KARABAKH.csv);
    const told = rows.map(({ content }) => content);
    expect(told[1]?.count).toBeUndefined();
    expect(told[1]?.casualties).toEqual([
      {
        outcome: 'killed',
        person: 'not_known',
        count: { value: 0, qualifier: 'about', unit: 'person', low: 0, high: 1 },
      },
    ]);
    expect(told[4]?.count).toEqual({ value: 3, qualifier: 'about', unit: 'person', high: 4 });
  });

  it('tell the parts of a vague estimate as vaguely as the whole', async () => {
    const { rows } = await readingsOfText(NAGORNO_KARABAKH.csv);
    const { count, casualties } = rows[2]?.content ?? {};
    expect(count).toMatchObject({ value: 10, qualifier: 'about', low: 4, high: 40 });
    expect(casualties?.map((each) => each.count)).toEqual([
      { value: 8, qualifier: 'about', unit: 'person' },
      { value: 2, qualifier: 'about', unit: 'person' },
    ]);
    expect(rows[3]?.content.casualties?.map((each) => each.count)).toEqual([
      { value: 2, qualifier: 'exact', unit: 'person' },
      { value: 1, qualifier: 'exact', unit: 'person' },
    ]);
  });

  it('take the coordinates of an event only where its codebook says that they are worth it', async () => {
    const { rows } = await readingsOfText(EVENT_DATASET.csv);
    const points = rows.map(({ content }) => content.where.form === 'point');
    expect(points).toEqual([true, true, false, false, false, false, false]);
  });

  it.each([
    ['ucdp-nagorno-karabakh', NAGORNO_KARABAKH.csv.replace('Shusha town', '𐎀'.repeat(150))],
    ['ucdp-nagorno-karabakh', NAGORNO_KARABAKH.csv.replace('Shusha town', `x${'𐎀'.repeat(150)}`)],
    ['alerts', ALERTS.csv.replace('מקום 3', '𐎀'.repeat(150))],
    ['alerts', ALERTS.csv.replace('מקום 3', `x${'𐎀'.repeat(150)}`)],
  ])('cut a long name of %s between two characters, never within one', async (_, csv) => {
    const { rows } = await readingsOfText(csv);
    const names = rows.flatMap(({ content: { where } }) =>
      'name' in where && where.name?.includes('𐎀') ? [where.name] : [],
    );
    expect(names).toHaveLength(1);
    for (const name of names) {
      expect(name.isWellFormed()).toBe(true);
      expect(name.length).toBeLessThanOrEqual(200);
      expect(name).toMatch(/𐎀…$/u);
    }
    for (const { content } of rows) reportContent.parse(content);
  });

  it('undo in every cell of our own export what keeps a spreadsheet from running it', async () => {
    const told = {
      id: '1',
      kind: 'burst',
      means: 'heard',
      from: '2026-11-22T09:58:00Z',
      to: '2026-11-22T09:59:00Z',
      precision: 'minute',
      zone: 'Asia/Baku',
      place_name: '-5 places',
    };
    const empty = { latitude: '', longitude: '', error_m: '', status: '' };
    const head = Object.keys({ ...told, ...empty }).join(',');
    const cells = [...Object.values(told).map((cell) => `'${cell}`), ...Object.values(empty)];
    const { layout, rows } = await readingsOfText(`${head}\n${cells.join(',')}\n`);
    expect(layout).toBe('ceasewatch');
    expect(rows).toMatchObject([
      {
        key: ['1'],
        content: {
          kind: 'burst',
          means: ['heard'],
          when: { zone: 'Asia/Baku', precision: 'minute' },
          where: { form: 'area', name: '-5 places' },
        },
      },
    ]);
  });
});

describeShared('data', 'the layouts of real files', (data) => {
  const readings = (file: string) => readingsOf(createReadStream(join(data, file)));
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
