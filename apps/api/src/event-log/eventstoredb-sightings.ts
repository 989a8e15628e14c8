import type { AppendedEvent } from './event-log.ts';
import type { Seen } from './eventstoredb-copy.ts';

/** Who waits for this node to see an event at its place: a stream and a revision. */
export interface Sighting {
  /** What was seen at every place within so many milliseconds, in their order. */
  all(ms: number): Promise<readonly (Seen | undefined)[]>;
  end(): void;
}

export class Sightings {
  readonly #awaited = new Map<string, Set<(seen: Seen) => void>>();

  /** @param known what this node has seen already */
  begin(
    stream: string,
    events: readonly AppendedEvent[],
    known: (event: AppendedEvent) => Seen | undefined,
  ): Sighting {
    const places = events.map(({ revision }) => placeOf({ stream, revision }));
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
    for (const event of events) {
      const already = known(event);
      if (already !== undefined) told(already);
    }
    return {
      all: async (ms) => {
        await within(completed, ms);
        return places.map((place) => seen.get(place));
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
