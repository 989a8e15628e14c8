import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { parseInstant } from '@ceasewatch/domain/measure/instant';
import { refuse } from '@ceasewatch/domain/refusal';
import type { AskedState } from '@ceasewatch/domain/situation/moving-situation';
import type { Situation } from '@ceasewatch/domain/situation/situation';
import { sectorsAsOf } from '../centre/gazetteer.queries.ts';
import type { SituationAnswer } from '../contract/situation.ts';
import type { StatesAnswer } from '../contract/states.ts';
import { turn } from '../event-log/turn.ts';
import { firstRecorded, versionsBegunAt } from '../observation/recorded-lists.queries.ts';
import { ColumnsDesk } from '../read-model/columns-desk.ts';
import { momentOf } from '../read-model/event-table.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModel } from '../read-model/read-model.ts';
import { type AskedWindow, situationQuery } from './asked-window.queries.ts';
import { besideFigures } from './situation.queries.ts';

/** The dashboard after each of some events: figures, and the list of what was recorded last. */
export class AskStates extends Query<StatesAnswer> {
  constructor(
    /** Ascending. */
    readonly events: readonly number[],
    /** Without free text. */
    readonly asked: AskedWindow,
    readonly signal?: AbortSignal,
  ) {
    super();
  }
}

/** A state but for its figures. */
interface Frame extends AskedState {
  readonly rest: Pick<SituationAnswer, 'lastFireItem' | 'silentUnits'>;
}

/** Rows of a list, as many as a page of the screens. */
const LISTED = 40;

@QueryHandler(AskStates)
export class AskStatesHandler implements IQueryHandler<AskStates> {
  constructor(
    private readonly readModel: ReadModel,
    private readonly projector: Projector,
    private readonly columns: ColumnsDesk,
  ) {}

  /** @throws ReadModelError rebuilding, overloaded; Refusal invalid: no_such_event; the signal's reason */
  async execute({ events, asked, signal }: AskStates): Promise<StatesAnswer> {
    const { projected } = this.projector;
    const frames: Frame[] = [];
    for (const event of events) {
      // Whoever has gone costs this thread no further state.
      signal?.throwIfAborted();
      frames.push(this.#frameOf(event, asked, projected));
      await turn();
    }
    const states = frames.map(({ rest: _told, ...state }) => state);
    const situations = await this.columns.situations(states, signal);
    const lists = await Promise.all(
      situations.map((situation) => this.#listOf(situation, asked, signal)),
    );
    const told = frames.map(({ rest }, at) => ({
      situation: found(situations[at]),
      ...rest,
      recorded: found(lists[at]),
    }));
    const listed = new Set(lists.flatMap(({ versions }) => versions));
    return { states: told, rows: await versionsBegunAt(this.readModel, [...listed]) };
  }

  #frameOf(seq: number, asked: AskedWindow, projected: number): Frame {
    return this.readModel.read((db) => {
      if (seq > projected) throw refuse('invalid', { field: 'events', reason: 'no_such_event' });
      const { ms } = parseInstant(momentOf(db, seq));
      const query = situationQuery(db, asked, seq, ms, undefined);
      const rest = besideFigures(db, query, seq, projected);
      return { seq, query, sectors: sectorsAsOf(db, seq), rest };
    });
  }

  #listOf({ seq, window }: Situation, { filter }: AskedWindow, signal: AbortSignal | undefined) {
    return firstRecorded(this.columns, { ...filter, from: window.from }, seq, LISTED, signal);
  }
}

/** As many were answered as were asked. */
function found<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new TypeError('fewer states were answered than were asked');
  return value;
}
