import { formatInstant } from '@ceasewatch/domain/measure/instant';
import { refuse } from '@ceasewatch/domain/refusal';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { beginningBefore, readMinute, type TimeRules } from '../format/entered-minute.ts';
import { dtg, millis } from '../format/instants.ts';

/** The time of a list as it stands in two fields; nothing in a field is no bound. */
export interface SpanText {
  readonly from: string;
  readonly to: string;
}
export type Span = Pick<ObservationFilter, 'from' | 'to'>;

export function spanText({ from, to }: Span, zone: string): SpanText {
  const text = (instant?: string) => (instant === undefined ? '' : dtg(millis(instant), zone));
  return { from: text(from), to: text(to) };
}

/**
 * The bounds that were typed, by the rules of every time that is typed. A field that still holds what it
 * was opened with keeps its bound, which may be of any second, zone and year.
 *
 * @param now the span that the fields were opened with
 * @throws Refusal `invalid` at `from` or `to`
 */
export function readSpan(text: SpanText, now: Span, rules: TimeRules): Span {
  const shown = spanText(now, rules.zone);
  const bound = (name: keyof SpanText) => {
    const typed = text[name].trim();
    if (typed === '') return undefined;
    const kept = typed === shown[name] ? now[name] : undefined;
    if (kept !== undefined) return { ms: millis(kept), zone: rules.zone, dated: true };
    return readMinute(typed, rules, name);
  };
  const [begins, ends] = [bound('from'), bound('to')];
  if (begins === undefined || ends === undefined)
    return { ...at('from', begins), ...at('to', ends) };
  const from = { ms: beginningBefore(begins, ends) };
  if (from.ms >= ends.ms) throw refuse('invalid', { field: 'to', reason: 'ends_before_it_begins' });
  return { ...at('from', from), ...at('to', ends) };
}

function at(name: keyof Span, bound: { readonly ms: number } | undefined): Span {
  return bound === undefined ? {} : { [name]: formatInstant(bound.ms) };
}
