import type { LogEntryDetail } from '@ceasewatch/api/contract/log';
import type { ChangesAnswer } from '@ceasewatch/api/contract/live';
import type { ObservationDetail } from '@ceasewatch/api/contract/observation';
import type { RowPredicate } from '@ceasewatch/domain/situation/observation-filter';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import type { Ask } from './go-to-target.ts';
import type { StepBy } from './replay-address.ts';

/**
 * The next or previous event that has to do with the one that is looked at. Those of an observation are
 * told by the observation; those of a kind or of a filter are looked for in what the events changed, page
 * by page as live clients catch up, and after so many pages the search says how far it has come.
 */
export type Way = 1 | -1;

export type Neighbour =
  | { readonly found: number }
  /** None in the log in that direction. */
  | { readonly found: null }
  /** None up to this event; the search may go on from there. */
  | { readonly lookedUpTo: number };

const PAGE = 500;
const MOST_PAGES = 20;

/**
 * @param from the event that is looked at
 * @param head the last event of the log
 * @param passes the filter of the screen; null where only the server can judge it
 * @throws ApiProblem
 */
export async function neighbourOf(
  step: StepBy,
  from: number,
  way: Way,
  head: number,
  passes: RowPredicate | null,
  ask: Ask,
): Promise<Neighbour> {
  if (step === 'event') return within(from + way, head);
  if (step === 'filter')
    return passes === null ? { found: null } : search(from, way, head, ask, of(passes));
  const { envelope } = await ask<LogEntryDetail>(`/api/events/${from}`);
  const { subject, type } = envelope;
  if (!subject.startsWith(OBSERVATION))
    return search(from, way, head, ask, (change) => change.type === type);
  if (step === 'observation')
    return ofObservation(subject.slice(OBSERVATION.length), from, way, ask);
  const page = await pageOf(from, ask);
  const kind = kindOf(page.find(({ seq }) => seq === from));
  return search(from, way, head, ask, (change) => kindOf(change) === kind);
}

const OBSERVATION = 'observation/';

function within(seq: number, head: number): Neighbour {
  return { found: seq < 0 || seq > head ? null : seq };
}

async function ofObservation(id: string, from: number, way: Way, ask: Ask): Promise<Neighbour> {
  const { versions } = await ask<ObservationDetail>(`/api/observations/${id}`);
  const seqs = versions.map(({ eventSeq }) => eventSeq);
  const found = way === 1 ? seqs.find((seq) => seq > from) : seqs.findLast((seq) => seq < from);
  return { found: found ?? null };
}

/** A retraction of what passed is of the filter as well. */
function of(passes: RowPredicate): (change: Change) => boolean {
  return ({ before, after }) => [before, after].some((row) => row !== null && passes(row));
}

function kindOf(change: Change | undefined): string | undefined {
  return (change?.after ?? change?.before)?.kind;
}

async function search(
  from: number,
  way: Way,
  head: number,
  ask: Ask,
  fits: (change: Change) => boolean,
): Promise<Neighbour> {
  let seq = from + way;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    if (seq < 0 || seq > head) return { found: null };
    const page = (await pageOf(seq, ask)).filter((each) => (each.seq - from) * way > 0);
    const found = way === 1 ? page.find(fits) : page.findLast(fits);
    if (found !== undefined) return { found: found.seq };
    const { after, last } = pageAround(seq);
    seq = way === 1 ? last + 1 : after;
  }
  return { lookedUpTo: seq - way };
}

/** The pages in which a node hands out changes, so that everybody's are the same: 0, 1–500, 501–1000 … */
function pageAround(seq: number): { readonly after: number; readonly last: number } {
  if (seq === 0) return { after: -1, last: 0 };
  const after = Math.floor((seq - 1) / PAGE) * PAGE;
  return { after, last: after + PAGE };
}

async function pageOf(seq: number, ask: Ask): Promise<readonly Change[]> {
  const { after } = pageAround(seq);
  const search = new URLSearchParams({ after: after.toString(), limit: PAGE.toString() });
  return (await ask<ChangesAnswer>('/api/changes', search)).changes;
}
