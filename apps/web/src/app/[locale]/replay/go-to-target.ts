import type { LogEntryPage } from '@ceasewatch/api/contract/log';
import type { LogMoments } from '@ceasewatch/api/contract/log-moments';
import type { ObservationDetail } from '@ceasewatch/api/contract/observation';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import { EVENT_ID } from '@ceasewatch/domain/recorded-event';
import { Refusal } from '@ceasewatch/domain/refusal';
import { ApiProblem } from '../../../api/api-problem.ts';
import { readMinute, type TimeRules } from '../../../format/entered-minute.ts';
import { instantOf } from '../../../format/instants.ts';
import { wholeIn } from '../../../format/numbers.ts';

/** Where somebody wants to go, as it was typed: an event, an observation by its number, an id, a time. */
export type Target =
  | { readonly to: 'event'; readonly seq: number }
  | { readonly to: 'observation'; readonly number: number }
  | { readonly to: 'id'; readonly id: string }
  | { readonly to: 'instant'; readonly instant: string };

/**
 * Reads `41,342`, `#41342`, `no. 7`, an id, an instant (RFC 3339) or a date-time group.
 *
 * @throws Refusal `invalid`: it is none of them
 */
export function targetIn(text: string, rules: TimeRules): Target {
  const typed = text.trim();
  const number = wholeIn(/^(?:no\.?|nr\.?|№)\s*(.+)$/i.exec(typed)?.[1] ?? null);
  if (number !== null) return { to: 'observation', number };
  const seq = wholeIn(typed);
  if (seq !== null) return { to: 'event', seq };
  const id = typed.toLowerCase();
  if (EVENT_ID.test(id)) return { to: 'id', id };
  return { to: 'instant', instant: instantIn(typed, rules) };
}

/** A date-time group is a whole minute, and everything that was recorded in it belongs to it. */
function instantIn(typed: string, rules: TimeRules): string {
  if (/^\d{4}-\d{2}-\d{2}T/i.test(typed)) return instantOf(parseInstant(typed, 'moment').ms);
  return instantOf(readMinute(typed, rules, 'moment').ms);
}

export type Ask = <Answer>(path: string, search?: URLSearchParams) => Promise<Answer>;

/**
 * The event that is meant: of an observation its first; of a time the last one recorded by then.
 *
 * @returns null where there is none
 * @throws ApiProblem
 */
export async function seqOf(target: Target, ask: Ask): Promise<number | null> {
  switch (target.to) {
    case 'event':
      return target.seq;
    case 'observation':
      return firstOf(ask, target.number.toString());
    case 'id':
      return (await firstOf(ask, target.id)) ?? eventOf(ask, target.id);
    case 'instant': {
      const { instant } = target;
      const search = new URLSearchParams({ from: instant, to: instant });
      const { through } = await ask<LogMoments>('/api/log/moments', search);
      const seq = through[0] ?? -1;
      return seq < 0 ? null : seq;
    }
    default:
      return target satisfies never;
  }
}

async function firstOf(ask: Ask, id: string): Promise<number | null> {
  try {
    const { versions } = await ask<ObservationDetail>(`/api/observations/${id}`);
    return versions[0]?.eventSeq ?? null;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'not_found') return null;
    throw error;
  }
}

/** Of an event that begins no observation: the log is looked through for it, newest first. */
async function eventOf(ask: Ask, id: string): Promise<number | null> {
  const search = new URLSearchParams({ q: id, limit: '50' });
  const found = await ask<LogEntryPage>('/api/events', search);
  return found.items.find(({ envelope }) => envelope.id === id)?.seq ?? null;
}

export function isUnreadable(error: unknown): boolean {
  return error instanceof Refusal;
}
