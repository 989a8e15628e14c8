import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import { type Command, CommandBus } from '@nestjs/cqrs';
import { readCentreFile } from '@ceasewatch/domain/centre/centre-file';
import { formatInstant, HOUR_MS } from '@ceasewatch/domain/measure/instant';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { Refusal } from '@ceasewatch/domain/refusal';
import { exerciseCentre } from '@ceasewatch/domain/testing/exercise-centre';
import {
  storyAtTick,
  Storyteller,
  type StoryStep,
  TICK_MS,
} from '@ceasewatch/domain/testing/story';
import { DeclareCeasefire } from '../ceasefire/ceasefire.commands.ts';
import { CentreBook } from '../centre/centre-book.ts';
import { ChangeCentre, FoundCentre } from '../centre/centre.commands.ts';
import { CLOCK, type Clock } from '../clock.ts';
import { EVENT_LOG, type EventLog } from '../event-log/event-log.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import {
  CorrectObservation,
  RecordObservation,
  ReinstateObservation,
  RetractObservation,
} from '../observation/observation.commands.ts';
import { storyOf } from './exercise-log.ts';

/**
 * Plays the exercise through the same door as everybody: the command bus. `open` founds the centre and
 * catches up with the clock, before the node listens; `start` goes on in real time until the node
 * stops. A node that was down catches up on what would have been reported meanwhile.
 */
const STAFF: Actor = { role: 'system', authn: 'system' };
/** Appended together, where the log keeps their order: one commit. */
const BATCH = 64;
/** What may have been missing when the node was killed is asked again; what was there is known. */
const OVERLAP_MS = HOUR_MS;

/** What is due now is recorded by the node's clock; only what was overslept says its own time. */
const OVERSLEPT_MS = 60_000;

@Injectable()
export class ExerciseRunner implements BeforeApplicationShutdown {
  #teller: Storyteller | undefined;
  #reachedMs = 0;
  #tick = 0;
  #timer: NodeJS.Timeout | undefined;
  #playing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(
    private readonly commands: CommandBus,
    private readonly book: CentreBook,
    @Inject(EVENT_LOG) private readonly log: EventLog,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Founds the centre of an empty exercise and plays the story up to now. */
  async open(): Promise<void> {
    const story = await storyOf(this.log);
    const recordedMs = Date.parse(this.log.head().time);
    const at = formatInstant(story.startMs);
    const file = readCentreFile(exerciseCentre(story.startMs));
    if ((await this.book.centre()).status === 'none') {
      await this.commands.execute(new FoundCentre(STAFF, file, at));
    }
    if (file.ceasefire !== undefined && (await this.book.ceasefire()).status === 'none') {
      await this.commands.execute(new DeclareCeasefire(STAFF, file.ceasefire, at));
    }
    this.#teller = new Storyteller(story);
    const now = this.now();
    const after = Math.max(story.startMs, recordedMs - OVERLAP_MS);
    this.#tick = this.#tickAt(now);
    this.#reachedMs = after;
    try {
      await this.#play(this.#teller.between(after, now), (step) => formatInstant(step.at));
      this.#reachedMs = now;
    } catch (error) {
      // What is there can be read; the story goes on from it once the disk has room.
      if (!isEventLogError(error, 'storage_full')) throw error;
    }
  }

  /** Goes on in real time: what the story holds for now, and every few seconds somebody's report. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#playing = this.advance().then(() => {
        if (!this.#stopped) this.start();
      });
    }, TICK_MS);
  }

  /** Plays what is due since the last time. Public, so that a test can be the clock. */
  async advance(): Promise<void> {
    const teller = this.#teller;
    if (teller === undefined) return;
    const now = this.now();
    const tick = this.#tickAt(now);
    const due = [
      ...teller.between(this.#reachedMs, now),
      ...(tick > this.#tick ? storyAtTick(teller.story, tick) : []),
    ];
    try {
      await this.#play(due, ({ at }) => (now - at > OVERSLEPT_MS ? formatInstant(at) : undefined));
    } catch (error) {
      // The log cannot be written now: the same steps are due again at the next tick.
      if (!isEventLogError(error)) throw error;
      return;
    }
    this.#reachedMs = now;
    this.#tick = tick;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#playing;
  }

  #tickAt(ms: number): number {
    return Math.floor((ms - (this.#teller?.story.startMs ?? ms)) / TICK_MS);
  }

  /**
   * In the order of the story, whose days would else stand among each other: many at a time where the
   * log keeps the order of calls, one by one where it does not.
   */
  async #play(
    steps: readonly StoryStep[],
    atOf: (step: StoryStep) => string | undefined,
  ): Promise<void> {
    const most = this.log.traits.keepsOrderOfCalls ? BATCH : 1;
    for (const batch of batchesOf(steps, most)) {
      if (this.#stopped) return;
      await Promise.all(batch.map((step) => this.#send(commandOf(step, atOf(step)))));
    }
  }

  async #send(command: Command<unknown>): Promise<void> {
    try {
      await this.commands.execute(command);
    } catch (error) {
      // Somebody changed what the story meant to change, or an earlier version of the product told it
      // otherwise: then the story gives way to what lies in the log.
      if (!(error instanceof Refusal) && !isEventLogError(error, 'id_reused')) throw error;
    }
  }
}

/** A batch holds no two steps of one observation, and a change of the centre stands alone. */
function batchesOf(steps: readonly StoryStep[], most: number): readonly (readonly StoryStep[])[] {
  const batches: StoryStep[][] = [];
  let batch: StoryStep[] = [];
  let touched = new Set<string>();
  for (const step of steps) {
    const subject = subjectOf(step);
    const alone = step.type === 'change_centre' || batch.at(-1)?.type === 'change_centre';
    if (batch.length === most || touched.has(subject) || (alone && batch.length > 0)) {
      batches.push(batch);
      batch = [];
      touched = new Set();
    }
    batch.push(step);
    touched.add(subject);
  }
  return batch.length === 0 ? batches : [...batches, batch];
}

function subjectOf(step: StoryStep): string {
  if (step.type === 'change_centre') return 'centre';
  return step.type === 'record' ? step.id : step.observation;
}

function commandOf(step: StoryStep, at: string | undefined): Command<unknown> {
  switch (step.type) {
    case 'record':
      return new RecordObservation(step.actor, step.id, step.body, at);
    case 'correct':
      return new CorrectObservation(
        step.actor,
        step.id,
        step.observation,
        step.body,
        undefined,
        at,
      );
    case 'retract':
      return new RetractObservation(
        step.actor,
        step.id,
        step.observation,
        step.body,
        undefined,
        at,
      );
    case 'reinstate':
      return new ReinstateObservation(
        step.actor,
        step.id,
        step.observation,
        step.body,
        undefined,
        at,
      );
    case 'change_centre':
      if (step.change.type === 'found') throw new RangeError('the story founds no centre');
      return new ChangeCentre(STAFF, step.id, step.change, at);
    default:
      return step satisfies never;
  }
}
