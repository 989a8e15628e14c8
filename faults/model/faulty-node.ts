/**
 * A node whose misfortunes can be switched: the same model drives one in this process, a thousand times,
 * and the real process, some times.
 */
export interface FaultyNode {
  /** `http://127.0.0.1:PORT`, another one after every start. */
  readonly address: string;
  /** Where its data is now. */
  readonly folder: string;
  /** Its own clock, milliseconds since 1970. */
  readonly now: number;
  /** Whether a misfortune can happen to this one here. */
  can(what: 'run_full' | 'lose_time'): boolean;
  start(): Promise<void>;
  /** As with SIGKILL: nothing that runs is finished. From the moment of the call nobody hears it. */
  kill(): Promise<void>;
  /** As with SIGTERM. */
  stop(): Promise<void>;
  /** The disk has no room, or has room again. */
  fill(isFull: boolean): void;
  /** The clock jumps, forward or backward; it stands still between two jumps. */
  setClock(ms: number): void;
  /** Of a node that is down: what it shows has to be built anew. */
  forgetRows(): void;
  /** Ends it and removes its folder. */
  end(): Promise<void>;
}
