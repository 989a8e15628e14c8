/**
 * What of a unit or an area holds when: each position and each definition is told with the time from
 * which it holds, not always in that order. Decider, projection and queries ask here.
 */
interface Held {
  /** Canonical UTC. */
  readonly from: string;
}

/** By `from`; of two that hold from the same instant the one recorded later comes later. */
export function inForceOrder<Item extends Held>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((one, other) =>
    one.from < other.from ? -1 : one.from > other.from ? 1 : 0,
  );
}

/** The last that holds from an instant (canonical UTC) at or before the one asked for. */
export function inForce<Item extends Held>(
  items: readonly Item[],
  instant: string,
): Item | undefined {
  return items.findLast(({ from }) => from <= instant);
}

/** What was told last of those that hold from exactly this instant. */
export function holdingFrom<Item extends Held>(
  items: readonly Item[],
  instant: string,
): Item | undefined {
  return items.findLast(({ from }) => from === instant);
}
