import type { HindsightAnswer } from '@ceasewatch/api/contract/hindsight';
import type { HindsightBucket } from '@ceasewatch/domain/hindsight/hindsight';
import type { Fill, StackedBars } from '../../../charts/chart.tsx';
import { dtg, millis } from '../../../format/instants.ts';
import { percentOf, whole } from '../../../format/numbers.ts';
import type { Words } from '../../../format/words.ts';

/** What the bars are made of, and what is said of them. */
export type KnownPart = 'same' | 'reworded' | 'retracted' | 'kept' | 'corrected' | 'late';

interface KnownSeries {
  readonly name: KnownPart;
  readonly stack: 'then' | 'now';
  readonly token: string;
  readonly fill: Fill;
  of(bucket: HindsightBucket): number;
}

/** What changed since then is hollow on the left; what came late is hatched on the right, as everywhere. */
export const SERIES: readonly KnownSeries[] = [
  { name: 'same', stack: 'then', token: '--line-strong', fill: 'full', of: ({ same }) => same },
  {
    name: 'reworded',
    stack: 'then',
    token: '--accent',
    fill: 'hollow',
    of: ({ gone, retracted }) => gone - retracted,
  },
  {
    name: 'retracted',
    stack: 'then',
    token: '--kind-restriction',
    fill: 'hollow',
    of: ({ retracted }) => retracted,
  },
  { name: 'kept', stack: 'now', token: '--line-strong', fill: 'full', of: ({ same }) => same },
  {
    name: 'corrected',
    stack: 'now',
    token: '--accent',
    fill: 'full',
    of: ({ corrected }) => corrected,
  },
  { name: 'late', stack: 'now', token: '--past', fill: 'hatched', of: ({ late }) => late },
];

export function barsOf(
  buckets: readonly HindsightBucket[],
  labels: readonly string[],
  titles: readonly string[],
  t: Words,
): StackedBars {
  return {
    labels,
    titles,
    series: SERIES.map(({ name, stack, token, fill, of }) => ({
      label: t(`hindsight.chart.series.${name}`),
      stack,
      token,
      fill,
      values: buckets.map(of),
    })),
    partial: buckets.map(() => false),
    markings: [],
  };
}

/** What the chart says, for those who read and those who hear. The sums are those of its bars. */
export function chartSentence(
  { buckets, whole: all }: Pick<HindsightAnswer, 'buckets' | 'whole'>,
  titles: readonly string[],
  { bucket, zone }: { readonly bucket: string; readonly zone: string },
  t: Words,
): string {
  const [first, last] = [buckets[0], buckets.at(-1)];
  const span = {
    from: first === undefined ? '' : dtg(millis(first.from), zone),
    to: last === undefined ? '' : dtg(millis(last.to), zone),
  };
  const sum = (of: (bucket: HindsightBucket) => number) =>
    buckets.reduce((total, each) => total + of(each), 0);
  const [then, now, late] = [sum((each) => each.then), all.now, sum((each) => each.late)];
  if (then + now === 0) return t('hindsight.chart.empty', span);
  const told = t('hindsight.chart.summary', {
    ...span,
    bucket,
    now,
    then,
    share: percentOf(
      sum(({ same }) => same),
      now,
    ),
    late: whole(late),
    corrected: whole(sum((each) => each.corrected)),
    reworded: whole(sum(({ gone, retracted }) => gone - retracted)),
    retracted: whole(sum((each) => each.retracted)),
  });
  if (late === 0) return told;
  const most = Math.max(...buckets.map((each) => each.late));
  const peak = titles[buckets.findIndex((each) => each.late === most)] ?? '';
  return `${told} ${t('hindsight.chart.peak', { peak, n: whole(most) })}`;
}
