import { DAY_MS, HOUR_MS, MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import type { ChartBucket } from '@ceasewatch/domain/situation/situation';
import { clock, date, day, dayOrDate, dtg, millis } from '../../../format/instants.ts';
import type { Words } from '../../../format/words.ts';

/** When a bar begins and ends, which is all that its words need of it. */
type Span = Pick<ChartBucket, 'from' | 'to'>;

/** Clocks within two days, then days; with their year as soon as there are several. */
export function labelsOf(buckets: readonly Span[], zone: string): string[] {
  const last = millis(buckets.at(-1)?.from ?? '');
  const begins = buckets.map(({ from }) => millis(from));
  if (isShort(buckets)) return begins.map((from) => clock(from, zone));
  if (begins.some((from, at) => at > 0 && from - (begins[at - 1] ?? from) > 27 * DAY_MS))
    return begins.map((from) => monthOrYear(from, buckets, zone));
  const [first = last] = begins;
  const dated = dayOrDate(first, zone, last) === day(first, zone) ? day : date;
  return begins.map((from) => dated(from, zone));
}

/** `NOV 2020` for a month, `2020` for a year. */
function monthOrYear(from: number, buckets: readonly Span[], zone: string): string {
  const [, month = '', year = ''] = date(from, zone).split(' ');
  const years = buckets.some((each) => millis(each.to) - millis(each.from) > 32 * DAY_MS);
  return years ? year : `${month} ${year}`;
}

function isShort(buckets: readonly Span[]): boolean {
  const [first, last] = [buckets[0], buckets.at(-1)];
  return (
    first !== undefined && last !== undefined && millis(last.to) - millis(first.from) < 2.2 * DAY_MS
  );
}

/** The whole time of a bucket, as its tip and its row of the table name it. */
export function bucketTitle(bucket: Span, zone: string): string {
  const [from, to] = [millis(bucket.from), millis(bucket.to)];
  const whole = to - from >= DAY_MS - 2 * HOUR_MS;
  if (!whole) return `${dtg(from, zone)} – ${clock(to, zone)}`;
  const last = date(to - MINUTE_MS, zone);
  return last === date(from, zone) ? last : `${date(from, zone)} – ${last}`;
}

/** What one bar stands for: `hour`, `week`, `year`. */
export function bucketLength({ from, to }: Span, t: Words): string {
  const ms = millis(to) - millis(from);
  if (ms < HOUR_MS) return t('situation.chart.minutes', { n: Math.round(ms / MINUTE_MS) });
  if (ms === HOUR_MS) return t('situation.chart.hour');
  if (ms < DAY_MS - 2 * HOUR_MS) return t('situation.chart.hours', { n: Math.round(ms / HOUR_MS) });
  if (ms < 2 * DAY_MS) return t('situation.chart.day');
  if (ms < 8 * DAY_MS) return t('situation.chart.week');
  return ms < 32 * DAY_MS ? t('situation.chart.month') : t('situation.chart.year');
}
