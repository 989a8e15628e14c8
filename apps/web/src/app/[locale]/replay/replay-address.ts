import { wholeIn } from '../../../format/numbers.ts';

/**
 * What the replay adds to the address: the pinned moment, whether the difference from it is shown, which
 * time the line is drawn in, what a step goes to. The moment itself is `asof` and `until`, as everywhere.
 * How fast it plays is nobody else's business.
 */
export const STEPS = ['event', 'observation', 'kind', 'filter'] as const;
export type StepBy = (typeof STEPS)[number];

export const AXES = ['recorded', 'occurred'] as const;
export type Axis = (typeof AXES)[number];

export interface ReplayAddress {
  /** The event after which the log is compared with the moment that is looked at; null for none. */
  readonly pinned: number | null;
  readonly comparing: boolean;
  readonly axis: Axis;
  readonly step: StepBy;
}

export function replayAddressOf(search: URLSearchParams): ReplayAddress {
  const pinned = wholeIn(search.get('pin'));
  return {
    pinned,
    comparing: pinned !== null && search.get('view') === 'difference',
    axis: AXES.find((each) => each === search.get('axis')) ?? 'recorded',
    step: STEPS.find((each) => each === search.get('step')) ?? 'event',
  };
}

export interface ReplayMove extends Partial<ReplayAddress> {
  readonly asOf?: number;
  readonly until?: string | null;
}

/** The address after a move; what is not the replay's business stays as it is. */
export function replayMoved(search: URLSearchParams, move: ReplayMove): URLSearchParams {
  const next = new URLSearchParams(search);
  put(next, 'asof', move.asOf?.toString());
  put(next, 'until', move.until);
  put(next, 'pin', move.pinned === null ? null : move.pinned?.toString());
  if (move.pinned === null) next.delete('view');
  put(next, 'view', unlessUsual(move.comparing, false, 'difference'));
  put(next, 'axis', unlessUsual(move.axis, 'recorded', move.axis));
  put(next, 'step', unlessUsual(move.step, 'event', move.step));
  return next;
}

/** What everybody has unless they chose does not stand in an address. */
function unlessUsual<Value>(
  value: Value | undefined,
  usual: Value,
  text: string | undefined,
): string | null | undefined {
  if (value === undefined) return undefined;
  return value === usual ? null : text;
}

function put(search: URLSearchParams, key: string, value: string | null | undefined): void {
  if (value === null) search.delete(key);
  else if (value !== undefined) search.set(key, value);
}
