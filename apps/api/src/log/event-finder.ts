import { Inject, Injectable } from '@nestjs/common';
import { mayReadDisclosures, type Viewer } from '@ceasewatch/domain/access/viewer';
import { foldText } from '@ceasewatch/domain/centre/fold-text';
import { streamOf } from '@ceasewatch/domain/recorded-event';
import { isEventId } from '@ceasewatch/tlog/event-id';
import { EVENT_LOG, type EventLog, type StoredEvent } from '../event-log/event-log.ts';
import { turn } from '../event-log/turn.ts';
import {
  eventsSaying,
  eventsTelling,
  nearTelling,
  type TextWord,
  textWordsOf,
} from '../observation/told-words.queries.ts';
import { EventColumns, type EventFacets, type EventTest } from '../read-model/event-columns.ts';
import { lastByInstants } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { millisOf } from '../read-model/stored-instant.ts';
import { type Entries, eventsOf, type Found, foundEntries, type Stretch } from './browse-log.ts';

/**
 * Looks through the log without reading it: by columns, by stream, by id, by words. Each way gives what
 * passes in the order of the walk, so that whoever has enough stops asking.
 */
export interface EventFilter extends Omit<EventFacets, 'occurredFrom' | 'occurredTo'> {
  /** Stored instants: from the first on, before the second. A moment of the log is its running maximum. */
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
  readonly occurredFrom?: string;
  readonly occurredTo?: string;
  readonly subject?: string;
  /** Words, or one id. */
  readonly q?: string;
}

/** Numbers that one step looks at in the columns: a millisecond of the main thread. */
const STEP = 200_000;
/** What one question may look at: events that told of the words, and others that are read for them. */
const MOST_TOLD = 4_000;
const MOST_READ = 120;
const TOLD_AT_ONCE = 500;
/** Nouns that have streams of their own. */
const NOUNS = ['log', 'centre', 'ceasefire', 'observation'];

@Injectable()
export class EventFinder {
  #columns = new EventColumns();

  constructor(
    @Inject(EVENT_LOG) private readonly log: EventLog,
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
  ) {
    projector.onSwap(() => (this.#columns = new EventColumns()));
  }

  /** The last event that this node's rows know. @throws ReadModelError rebuilding */
  reached(): number {
    return this.projector.reached();
  }

  /**
   * The first `limit` events of a stretch that pass.
   *
   * @throws ReadModelError rebuilding, overloaded; EventLogError log_corrupt
   */
  async entries(
    { recordedFrom, recordedTo, ...filter }: EventFilter,
    stretch: Stretch,
    limit: number,
    viewer: Viewer,
  ): Promise<Entries> {
    const recorded = this.#recorded(stretch, recordedFrom, recordedTo);
    const found = this.#find(filter, recorded, limit, viewer);
    return foundEntries(this.log, recorded, limit, found);
  }

  #recorded(stretch: Stretch, from: string | undefined, to: string | undefined): Stretch {
    const instants = [
      from === undefined ? -Infinity : millisOf(from) - 1,
      to === undefined ? Infinity : millisOf(to) - 1,
    ];
    const [before = -1, last = -1] = this.readModel.read((db) =>
      lastByInstants(db, this.projector.projected, instants),
    );
    return {
      ...stretch,
      first: Math.max(stretch.first, before + 1),
      last: Math.min(stretch.last, last),
    };
  }

  async *#find(
    filter: EventFilter,
    stretch: Stretch,
    limit: number,
    viewer: Viewer,
  ): AsyncGenerator<Found> {
    const { subject, q, occurredFrom, occurredTo, ...words } = filter;
    const columns = await this.#loaded();
    const facets = {
      ...words,
      ...(occurredFrom === undefined ? {} : { occurredFrom: millisOf(occurredFrom) }),
      ...(occurredTo === undefined ? {} : { occurredTo: millisOf(occurredTo) }),
    };
    const test = this.readModel.read((db) => columns.test(db, facets));
    if (test === undefined || stretch.first > stretch.last) return;
    const id = q === undefined ? undefined : idIn(q);
    if (subject !== undefined) {
      const seqs = within(await this.#numbersOf(subject), stretch).filter((seq) =>
        test.passes(seq),
      );
      yield whole(q === undefined ? seqs : await this.#holding(seqs, q, viewer), stretch);
    } else if (id !== undefined) {
      yield* this.#byId(columns, id, stretch, limit, test);
    } else if (q === undefined) {
      yield* passing(test, stretch, limit);
    } else {
      yield* this.#byWords(columns, textWordsOf(q), stretch, limit, viewer, test);
    }
  }

  async #loaded(): Promise<EventColumns> {
    const columns = this.#columns;
    const last = this.projector.reached();
    while (!this.readModel.read((db) => columns.readOn(db, last))) await turn();
    return columns;
  }

  /** The events of a stream that have numbers, in order. */
  async #numbersOf(subject: string): Promise<readonly number[]> {
    const { events } = await this.log.source(streamOf(subject), { known: true });
    return events.flatMap(({ seq }) => seq ?? []);
  }

  async #holding(seqs: readonly number[], q: string, viewer: Viewer): Promise<readonly number[]> {
    const events = await eventsOf(this.log, seqs);
    const holds = textTest(q, viewer);
    return events.filter(holds).map(({ seq }) => seq);
  }

  /** The event of that id, the stream of that subject, or all of that officer or about that unit. */
  async *#byId(
    columns: EventColumns,
    id: string,
    stretch: Stretch,
    limit: number,
    test: EventTest,
  ): AsyncGenerator<Found> {
    const ofWord = this.readModel.read((db) => columns.testOfId(db, id));
    const found = await this.log.find(id);
    if (ofWord !== undefined) {
      yield* passing(test, stretch, limit, (seq) => seq === found || ofWord(seq));
      return;
    }
    const streams = await Promise.all(NOUNS.map((noun) => this.#numbersOf(`${noun}/${id}`)));
    const seqs = new Set([...streams.flat(), ...(found === undefined ? [] : [found])]);
    yield whole(
      within(
        [...seqs].toSorted((a, b) => a - b),
        stretch,
      ).filter((seq) => test.passes(seq)),
      stretch,
    );
  }

  /** What was told of observations is found by its words; the other events are few and are read. */
  async *#byWords(
    columns: EventColumns,
    words: readonly TextWord[],
    stretch: Stretch,
    limit: number,
    viewer: Viewer,
    test: EventTest,
  ): AsyncGenerator<Found> {
    if (words.length === 0) return;
    const { way } = stretch;
    const holds = wordsTest(words, viewer);
    const endOf = ({ first, last }: Stretch) => (way === 1 ? last : first);
    let rest = stretch;
    let near = nearTelling(words, stretch);
    for (let told = 0, reads = 0, wanted = limit; told < MOST_TOLD && reads < MOST_READ;) {
      const looked = near ?? rest;
      const eventsOfWords = near === undefined ? eventsTelling : eventsSaying;
      const { sql, values } = eventsOfWords(viewer, words, looked, wanted);
      const rows = (await this.readModel.wide(sql, values)).map(({ seq }) => Number(seq));
      told += rows.length;
      const others = within(columns.others, looked).filter((seq) => test.passes(seq));
      const end = endOf(looked);
      const reach = rows.length < wanted ? end : (rows.at(-1) ?? end);
      const toRead = others.filter((seq) => (reach - seq) * way >= 0).slice(0, MOST_READ - reads);
      reads += toRead.length;
      // Where more would have to be read than may be now, it was not looked further than that.
      const reached = reads < MOST_READ ? reach : (toRead.at(-1) ?? reach);
      const read = (await eventsOf(this.log, toRead)).filter(holds).map(({ seq }) => seq);
      const seqs = [
        ...rows.filter((seq) => test.passes(seq) && (reached - seq) * way >= 0),
        ...read,
      ];
      yield { seqs: seqs.toSorted((a, b) => (a - b) * way), reached };
      if (reached === endOf(stretch)) return;
      rest = beyond(rest, reached);
      near = near === undefined || reached === end ? undefined : beyond(near, reached);
      // The first question is one for a page; only where a filter lets few of it pass more are wanted.
      wanted = TOLD_AT_ONCE;
    }
  }
}

async function* passing(
  test: EventTest,
  { first, last, way }: Stretch,
  limit: number,
  also?: (seq: number) => boolean,
): AsyncGenerator<Found> {
  const [begin, end] = way === 1 ? [first, last] : [last, first];
  for (let from = begin; (end - from) * way >= 0; from += STEP * way) {
    const to = way === 1 ? Math.min(from + STEP - 1, end) : Math.max(from - STEP + 1, end);
    yield { seqs: test.walk(from, to, limit, also), reached: to };
  }
}

/** What of a stretch is left after a number. */
function beyond({ first, last, way }: Stretch, reached: number): Stretch {
  return way === 1 ? { first: reached + 1, last, way } : { first, last: reached - 1, way };
}

/** Of numbers in order, those of a stretch, in the order of the walk. */
function within(seqs: readonly number[], { first, last, way }: Stretch): readonly number[] {
  const inside = seqs.filter((seq) => seq >= first && seq <= last);
  return way === 1 ? inside : inside.toReversed();
}

function whole(seqs: readonly number[], { first, last, way }: Stretch): Found {
  return { seqs, reached: way === 1 ? last : first };
}

function idIn(q: string): string | undefined {
  const text = q.trim();
  return isEventId(text) ? text : undefined;
}

function textTest(q: string, viewer: Viewer): (event: StoredEvent) => boolean {
  const id = idIn(q);
  return id === undefined ? wordsTest(textWordsOf(q), viewer) : ({ leaf }) => leaf.includes(id);
}

/** Every word stands in the leaf, or in what was disclosed where this viewer may read it. */
function wordsTest(words: readonly TextWord[], viewer: Viewer): (event: StoredEvent) => boolean {
  const readable = mayReadDisclosures(viewer);
  return ({ leaf, disclosed }) => {
    const told = Object.values(disclosed).map((each) =>
      each.state === 'shown' && readable ? each.value : '',
    );
    const text = ` ${foldText([leaf, ...told].join(' '))} `;
    return words.every(({ word, isBeginning }) =>
      text.includes(isBeginning ? ` ${word}` : ` ${word} `),
    );
  };
}
