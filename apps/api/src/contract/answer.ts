/**
 * What answers have in common. The files of this folder are the shape of every answer and of every
 * message on the socket; the web imports these types and nothing else of the api. Instants are UTC
 * strings, coordinates 1e-6 degrees, `seq` the number of an event in the log.
 */

/**
 * Every answer that is read from this node's rows, while nobody knows whether the store has more; the
 * header `Ceasewatch-Stale-Since` says the same, also of files and of pages of changes.
 */
export interface MayBeStale {
  /** Since when (RFC 3339, UTC). Absent while it is known that there is nothing more. */
  readonly staleSince?: string;
}

export interface Page<Item> extends MayBeStale {
  /** The answer is as of this event. */
  readonly asOf: number;
  readonly items: readonly Item[];
  /** Opaque; absent on the last page. */
  readonly next?: string;
}
