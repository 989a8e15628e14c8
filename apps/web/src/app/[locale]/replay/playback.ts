import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { StandingAnswer } from '@ceasewatch/api/contract/standing';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import type { AnsweredRows } from '../situation/map-rows.ts';
import { ChangesAhead } from './changes-ahead.ts';
import type { Ask } from './go-to-target.ts';
import { PlayedLog, type PlayedState } from './played-log.ts';

interface PlaybackDeps {
  readonly ask: Ask;
  readonly filter: ObservationFilter;
  standing(seq: number): Promise<StandingAnswer>;
  /** The newest of the list as of an event, more than a page of it. */
  recorded(seq: number, since: string): Promise<ObservationPage>;
  map(seq: number, since: string): Promise<AnsweredRows>;
}

/** So many events on, a state is asked for anew: their changes would take longer. */
const FAR = 5_000;

/** A state and what follows it belong together: changes told to another state would be lost to this one. */
interface Carried {
  readonly log: PlayedLog;
  readonly ahead: ChangesAhead;
}

/**
 * The log as it is played: one state asked for at the beginning, every other one made of the changes
 * that come ahead of it. Where changes cannot tell what comes (a sector is drawn anew, the last of all
 * fire items is taken back) it begins once more from there.
 */
export class Playback {
  readonly #deps: PlaybackDeps;
  #carried: Carried | undefined;
  #shown: PlayedState | undefined;
  /** From this event on so much stands that the node is asked for each state. */
  #crowdedFrom = Number.POSITIVE_INFINITY;

  constructor(deps: PlaybackDeps) {
    this.#deps = deps;
  }

  /** The state last made, if it is that of an event. */
  shownAt(seq: number | null): PlayedState | undefined {
    return this.#shown?.seq === seq ? this.#shown : undefined;
  }

  /**
   * The state as of an event, which is not to lie before the one asked for last. Undefined where only
   * the server can tell it.
   *
   * @throws ApiProblem
   */
  async at(seq: number): Promise<PlayedState | undefined> {
    const state = (await this.#carriedOn(seq)) ?? (await this.#begun(seq));
    this.#shown = state;
    return state;
  }

  /** Undefined where changes cannot tell it, or the log is not known to reach as far. */
  async #carriedOn(seq: number): Promise<PlayedState | undefined> {
    const carried = this.#carried;
    if (carried === undefined || seq < carried.log.seq || seq > carried.log.seq + FAR)
      return undefined;
    const { log, ahead } = carried;
    return log.apply(await ahead.upTo(seq)) && log.seq === seq ? log.state() : undefined;
  }

  async #begun(seq: number): Promise<PlayedState | undefined> {
    const { ask, filter, standing, recorded, map } = this.#deps;
    this.#carried = undefined;
    if (seq >= this.#crowdedFrom) return undefined;
    const { versions, ...answer } = await standing(seq);
    if (versions === null) {
      this.#crowdedFrom = seq;
      return undefined;
    }
    const ahead = new ChangesAhead(seq, ask);
    const since = answer.situation.window.from;
    const [page, rows] = await Promise.all([recorded(seq, since), map(seq, since)]);
    const list = { rows: page.items, hasOlder: page.next !== undefined };
    const log = new PlayedLog({ standing: answer, versions, recorded: list, map: rows, filter });
    this.#carried = { log, ahead };
    return log.state();
  }
}
