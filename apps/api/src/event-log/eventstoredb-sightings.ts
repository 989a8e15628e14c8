import type { EventToAppend } from './event-log.ts';
import type { Seen } from './eventstoredb-copy.ts';

/** Who waits for this node to see an event at its place: a stream and a revision. */
export interface Sighting {
  /** What was seen at every place, in their order; undefined when not all was in time. */
  all(ms: number): Promise<readonly Seen[] | undefined>;
  end(): void;
}

export class Sightings {
  readonly #awaited = new Map<string, Set<(seen: Seen) => void>>();

  /** Begun before an append is sent, so that nothing of it is missed. */
  begin(stream: string, events: readonly EventToAppend[]): Sighting {
    const places = events.map(({ envelope: { revision } }) => placeOf({ stream, revision }));
    const seen = new Map<string, Seen>();
    let complete = (): void => undefined;
    const completed = new Promise<void>((resolve) => (complete = resolve));
    const told = (each: Seen): void => {
      seen.set(placeOf(each), each);
      if (seen.size === places.length) complete();
    };
    for (const place of places) {
      const others = this.#awaited.get(place) ?? new Set();
      this.#awaited.set(place, others.add(told));
    }
    return {
      all: async (ms) => {
        await within(completed, ms);
        const all = places.flatMap((place) => seen.get(place) ?? []);
        return all.length === places.length ? all : undefined;
      },
      end: () => {
        for (const place of places) {
          const others = this.#awaited.get(place);
          others?.delete(told);
          if (others?.size === 0) this.#awaited.delete(place);
        }
      },
    };
  }

  tell(seen: readonly Seen[]): void {
    for (const each of seen) {
      for (const told of this.#awaited.get(placeOf(each)) ?? []) told(each);
    }
  }
}

function placeOf({ stream, revision }: Pick<Seen, 'stream' | 'revision'>): string {
  return `${stream}@${revision}`;
}

/** When it is done, or when the time is over. */
function within(done: Promise<void>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void done.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
