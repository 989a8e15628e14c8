import { Body, Controller, Get, Headers, Param, Post, Query, Res } from '@nestjs/common';
import { type Command, CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import {
  observationCorrection,
  type ObservationCorrection,
  observationReinstatement,
  type ObservationReinstatement,
  observationReport,
  type ObservationReport,
  observationRetraction,
  type ObservationRetraction,
} from '@ceasewatch/domain/observation/observation.report';
import { EVENT_ID } from '@ceasewatch/domain/recorded-event';
import { refuse } from '@ceasewatch/domain/refusal';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import { ReadAudit } from '../access/read-audit.ts';
import type {
  ObservationDetail,
  ObservationPage,
  Receipt,
  UnnumberedReceipt,
} from '../contract/observation.ts';
import {
  observationDetail,
  observationPage,
  receipt,
  unnumberedReceipt,
} from '../http/answer-schemas.ts';
import { Answers, COMMAND_PROBLEMS } from '../http/answers.ts';
import { whenGone } from '../http/gone.ts';
import { expectedRevision } from '../http/if-match.ts';
import { knownParameters } from '../http/moment-parameters.ts';
import { split } from '../http/query-parameters.ts';
import { Projector } from '../read-model/projector.ts';
import { ReadModelError } from '../read-model/read-model-error.ts';
import { listQuery } from './observation-query.ts';
import {
  CorrectObservation,
  type LogReceipt,
  RecordObservation,
  ReinstateObservation,
  RetractObservation,
} from './observation.commands.ts';
import { FindObservation, ListObservations } from './observation.queries.ts';
import { ShortNumbers } from './short-numbers.ts';

type Answered = Receipt | UnnumberedReceipt;

/** Reports in, observations out. A receipt is given once the read model shows what it speaks of. */
const knownOnly = z.strictObject(knownParameters);
const FOLLOW_UP_PROBLEMS = [...COMMAND_PROBLEMS, 'not_found', 'revision_conflict'] as const;
const RECEIPTS = { 201: receipt, 200: receipt, 202: unnumberedReceipt };
const MEANS = {
  201: 'Recorded, and shown by this node. `Location` names the observation, `ETag` its revision.',
  200: 'Recorded before: the first receipt again, with `Idempotent-Replay: true`.',
  202: 'Recorded like any other, and not yet shown by this node, which may have no room for its rows: `number` is `null`, on a cluster `seq` may be too. The same again is answered 200 with both once it is shown; until then 202.',
};

@Controller('observations')
export class ObservationController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
    private readonly access: Access,
    private readonly audit: ReadAudit,
    private readonly projector: Projector,
    private readonly numbers: ShortNumbers,
  ) {}

  @Post()
  @Answers({
    summary:
      'Records an observation; the same report again is answered 200 with the first receipt.',
    answers: RECEIPTS,
    means: MEANS,
    problems: COMMAND_PROBLEMS,
  })
  async record(
    @Body({ schema: observationReport }) report: ObservationReport,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answered> {
    const { id, ...content } = report;
    const actor = await this.access.actor(officer);
    return this.#answer(new RecordObservation(actor, id, content), response);
  }

  @Post(':id/corrections')
  @Answers({
    summary: 'Replaces the content of an observation with a new version.',
    answers: RECEIPTS,
    means: MEANS,
    fromRevision: true,
    problems: FOLLOW_UP_PROBLEMS,
  })
  async correct(
    @Param('id') observation: string,
    @Body({ schema: observationCorrection }) correction: ObservationCorrection,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answered> {
    const { id, ...body } = correction;
    const actor = await this.access.actor(officer);
    const revision = expectedRevision(match);
    return this.#answer(
      new CorrectObservation(actor, id, known(observation), body, revision),
      response,
    );
  }

  @Post(':id/retraction')
  @Answers({
    summary: 'Takes an observation back.',
    answers: RECEIPTS,
    means: MEANS,
    fromRevision: true,
    problems: FOLLOW_UP_PROBLEMS,
  })
  async retract(
    @Param('id') observation: string,
    @Body({ schema: observationRetraction }) retraction: ObservationRetraction,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answered> {
    const { id, ...body } = retraction;
    const actor = await this.access.actor(officer);
    const revision = expectedRevision(match);
    return this.#answer(
      new RetractObservation(actor, id, known(observation), body, revision),
      response,
    );
  }

  @Post(':id/reinstatement')
  @Answers({
    summary: 'Lets a retracted observation stand again.',
    answers: RECEIPTS,
    means: MEANS,
    fromRevision: true,
    problems: FOLLOW_UP_PROBLEMS,
  })
  async reinstate(
    @Param('id') observation: string,
    @Body({ schema: observationReinstatement }) reinstatement: ObservationReinstatement,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Headers('if-match') match: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Answered> {
    const { id, ...body } = reinstatement;
    const actor = await this.access.actor(officer);
    const revision = expectedRevision(match);
    return this.#answer(
      new ReinstateObservation(actor, id, known(observation), body, revision),
      response,
    );
  }

  @Get()
  @Answers({
    summary: 'A page of the observations that pass a filter, newest first.',
    answers: { 200: observationPage },
  })
  async list(
    @Query({ schema: listQuery }) query: z.output<typeof listQuery>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ObservationPage> {
    const signal = whenGone(response);
    return this.access.look(officer, query, (moment, asked) => {
      const [paging, filter] = split(asked, ['order', 'cursor', 'limit']);
      return this.queries.execute(new ListObservations(moment, { filter, ...paging }, signal));
    });
  }

  @Get(':id')
  @Answers({
    summary: 'One observation with its versions, by id or by its short number.',
    answers: { 200: observationDetail },
    problems: ['not_found'],
  })
  async find(
    @Param('id') idOrNumber: string,
    @Query({ schema: knownOnly }) query: z.output<typeof knownOnly>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<ObservationDetail> {
    return this.access.look(officer, query, async (moment) => {
      const detail = await this.queries.execute(new FindObservation(moment, idOrNumber));
      const told = detail.versions.flatMap((each) => [
        each.narrative,
        each.asEntered,
        each.explanation,
      ]);
      this.audit.noteShown(moment, `observation/${detail.id}`, told);
      return detail;
    });
  }

  async #answer(command: Command<LogReceipt>, response: Response): Promise<Answered> {
    const { replayed, seq, ...said } = await this.commands.execute(command);
    response.setHeader('Location', `/api/observations/${said.stream.slice(STREAM_PREFIX.length)}`);
    response.setHeader('ETag', `"${said.revision}"`);
    const number = seq === null ? null : await this.#numberOf(seq);
    if (seq === null || number === null) {
      response.status(202);
      return { ...said, seq, number: null };
    }
    response.status(replayed ? 200 : 201);
    if (replayed) response.setHeader('Idempotent-Replay', 'true');
    return { ...said, seq, number };
  }

  /** What is recorded is told as that, also where it cannot be shown: then it has no number yet. */
  async #numberOf(seq: number): Promise<number | null> {
    const patience = new AbortController();
    const began = performance.now();
    // Cleared once it is over: `AbortSignal.timeout` would go off for each of them ten seconds later.
    const timer = setInterval(() => {
      const isHopeless = this.projector.failure !== undefined;
      if (isHopeless || performance.now() - began > SHOWN_WITHIN_MS) patience.abort();
    }, LOOK_MS);
    try {
      await this.projector.whenProjected(seq, patience.signal);
      return this.numbers.of(seq);
    } catch (error) {
      if (patience.signal.aborted || error instanceof ReadModelError) return null;
      throw error;
    } finally {
      clearInterval(timer);
    }
  }
}

const STREAM_PREFIX = 'cw.observation-';
/** Rows that are far behind, or are built anew, are not waited for longer than this, */
const SHOWN_WITHIN_MS = 10_000;
/** and those that cannot be written (a full disk) for half a second. */
const LOOK_MS = 500;

/** A text that cannot be an id names nothing. */
function known(observation: string): string {
  if (EVENT_ID.test(observation)) return observation;
  throw refuse('not_found', {
    field: 'id',
    reason: 'no_such_observation',
  });
}
