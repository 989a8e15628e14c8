import { describe, expect, it } from '@jest/globals';
import { createTranslator } from 'next-intl';
import { CATALOGUES } from '../../../locales.ts';
import { bucketLength, bucketTitle, labelsOf } from './bucket-words.ts';

const ZONE = 'Asia/Baku';
const t = createTranslator({ locale: 'en', messages: CATALOGUES.en });

/** Buckets between these days, each beginning at midnight in Baku. */
function between(...days: readonly string[]) {
  const instants = days.map((day) => new Date(`${day}T00:00:00+04:00`).toISOString());
  return instants.slice(1).map((to, at) => ({ from: instants[at] ?? '', to }));
}

describe('the words of a chart bucket', () => {
  it('are its year where a bar is a year', () => {
    const years = between('2019-01-01', '2020-01-01', '2021-01-01', '2022-01-01');
    expect(labelsOf(years, ZONE)).toEqual(['2019', '2020', '2021']);
    expect(years.map((year) => bucketTitle(year, ZONE))[1]).toBe('01 JAN 2020 – 31 DEC 2020');
    expect(years.map((year) => bucketLength(year, t))[1]).toBe('year');
  });

  it('are month and year where a bar is a month, February among them', () => {
    const months = between('2020-12-01', '2021-01-01', '2021-02-01', '2021-03-01', '2021-04-01');
    expect(labelsOf(months, ZONE)).toEqual(['DEC 2020', 'JAN 2021', 'FEB 2021', 'MAR 2021']);
    expect(months.map((month) => bucketLength(month, t))).toEqual(months.map(() => 'month'));
  });

  it('are days where a bar is a day or a week, with their year when there are two of them', () => {
    expect(labelsOf(between('2021-02-01', '2021-02-02', '2021-02-03', '2021-02-04'), ZONE)).toEqual(
      ['01 FEB', '02 FEB', '03 FEB'],
    );
    const weeks = between('2020-12-21', '2020-12-28', '2021-01-04', '2021-01-11');
    expect(labelsOf(weeks, ZONE)).toEqual(['21 DEC 2020', '28 DEC 2020', '04 JAN 2021']);
    expect(weeks.map((week) => bucketLength(week, t))).toEqual(['week', 'week', 'week']);
  });

  it('are clocks within two days', () => {
    const hours = [0, 1].map((hour) => ({
      from: new Date(Date.UTC(2021, 1, 1, hour)).toISOString(),
      to: new Date(Date.UTC(2021, 1, 1, hour + 1)).toISOString(),
    }));
    expect(labelsOf(hours, ZONE)).toEqual(['04:00', '05:00']);
    expect(hours.map((hour) => bucketTitle(hour, ZONE))[0]).toBe('010400D FEB 21 – 05:00');
    expect(hours.map((hour) => bucketLength(hour, t))).toEqual(['hour', 'hour']);
  });
});
