import type { Annotation } from '@ceasewatch/api/contract/centre';
import type { ChartBucket } from '@ceasewatch/domain/situation/situation';
import type { Marking } from '../../../charts/marking.ts';
import { millis } from '../../../format/instants.ts';

type Span = Pick<ChartBucket, 'from' | 'to'>;

/** Where an agreed event stands on an axis of buckets, cut to it; nothing when it lies outside. */
export function markingOf(
  { at, to, label }: Pick<Annotation, 'at' | 'to' | 'label'>,
  buckets: readonly Span[],
): readonly Marking[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const [begin, end] = [millis(at), to === null ? null : millis(to)];
  const [from, until] = [millis(first.from), millis(last.to)];
  if (begin >= until || (end ?? begin) < from) return [];
  return [
    { at: positionOf(begin, buckets), to: end === null ? null : positionOf(end, buckets), label },
  ];
}

/** In buckets, a half before the middle of the first at its beginning; what lies beyond is at the edge. */
function positionOf(ms: number, buckets: readonly Span[]): number {
  const index = buckets.findIndex(({ to }) => ms < millis(to));
  const bucket = buckets[index];
  if (bucket === undefined) return buckets.length - 0.5;
  const [from, to] = [millis(bucket.from), millis(bucket.to)];
  return index - 0.5 + Math.max(0, ms - from) / (to - from);
}
