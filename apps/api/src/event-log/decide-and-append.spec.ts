import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Decider } from '@ceasewatch/domain/decider';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import { refuse } from '@ceasewatch/domain/refusal';
import fc from 'fast-check';
import { CommandDesk } from './command-desk.ts';
import { type Deciding, decideAndAppend } from './decide-and-append.ts';
import { eraseDisclosures } from './erase-disclosures.ts';
import { AGAINST_NOTHING, againstStream } from './judged-against.ts';
import { openLog } from './open-log.ts';
import type { SqliteEventLog } from './sqlite-event-log.ts';
import { FIRST_INSTANT, testId } from './testing/events.ts';

/**
 * A decider as small as the seam it shows: a tally in the clothes of an observation, because only
 * known types are read back.
 */
interface Tally {
  readonly revisions: number;
  readonly texts: readonly string[];
}
interface Add {
  readonly text: string;
  readonly times?: number;
  readonly at?: number;
  readonly centre?: number;
}
interface Added {
  readonly type: 'observation.retracted.v1';
  readonly data: { readonly retracts: number; readonly reason: 'duplicate' };
  readonly disclosed?: { readonly explanation: string };
}

const tally: Decider<Tally, Add, Added> = {
  initialState: { revisions: 0, texts: [] },
  decide(state, { text, times = 1, at, centre }) {
    if (text === 'refused') throw refuse('invalid', { reason: 'retracted' });
    if (text === 'nothing') return [];
    return Array.from({ length: times }, (_, each) => ({
      type: 'observation.retracted.v1',
      data: {
        retracts: text === 'malformed' ? 0 : state.revisions + each + 1,
        reason: 'duplicate',
      },
      disclosed: { explanation: at === undefined ? text : `${text} at ${at} against ${centre}` },
    }));
  },
  evolve: ({ revisions, texts }, { disclosed }) => ({
    revisions: revisions + 1,
    texts: [...texts, disclosed?.explanation ?? '-'],
  }),
};

const bravo: Actor = { role: 'operator', authn: 'chosen', officer: testId(4), contingent: 'bravo' };
const subject = `observation/${testId(1)}`;

describe('deciding and appending', () => {
  let log: SqliteEventLog;
  let desk: CommandDesk;
  let clock: number;
  let drawn: number;

  beforeEach(async () => {
    clock = FIRST_INSTANT;
    drawn = 0;
    log = await openLog({ folder: ':memory:', exercise: true, logId: testId(0), now: () => clock });
    desk = newDesk();
  });
  afterEach(() => log.close());

  /** A second desk knows nothing that the first has kept: another node, or the same after a start. */
  const newDesk = () =>
    new CommandDesk({
      log,
      now: () => clock,
      drawSecret: () => new Uint8Array(32).fill((drawn += 1)),
    });
  const ask = (
    id: number,
    text: string,
    more: Partial<Deciding<Tally, Add, Added, undefined>> & { readonly times?: number } = {},
  ) => {
    const { times = 1, ...rest } = more;
    return {
      decider: tally,
      subject,
      commandId: testId(id),
      actor: bravo,
      command: () => ({ text, times }),
      against: AGAINST_NOTHING,
      ...rest,
    };
  };
  const stored = async () => (await log.source(`cw.observation-${testId(1)}`)).events;

  it('appends what was decided and answers with its number, place and time', async () => {
    clock += 5_000;
    const decided = await decideAndAppend(desk, ask(1, 'one'));
    expect(decided).toMatchObject({
      outcome: 'appended',
      stream: `cw.observation-${testId(1)}`,
      id: testId(1),
      revision: 0,
      seq: 1,
      recordedAt: '2026-08-15T20:00:05.000Z',
    });
    const [event] = await stored();
    expect(event?.envelope).toMatchObject({
      id: testId(1),
      source: `urn:ceasewatch:${testId(0)}`,
      subject,
      officer: testId(4),
      contingent: 'bravo',
      role: 'operator',
      authn: 'chosen',
      correlationid: testId(1),
    });
    expect(event?.disclosed['explanation']).toMatchObject({ state: 'shown', value: 'one' });
    expect(event?.leaf).not.toContain('one"');
  });

  it('gives further events of a command ids that follow from the first', async () => {
    await decideAndAppend(desk, ask(1, 'three', { times: 3 }));
    const ids = (await stored()).map(({ envelope }) => envelope.id);
    expect(ids[0]).toBe(testId(1));
    expect(ids.map((id) => id[14])).toEqual(['7', '8', '8']);
    expect(await decideAndAppend(newDesk(), ask(1, 'three', { times: 3 }))).toMatchObject({
      outcome: 'already',
      revision: 2,
      seq: 1,
    });
  });

  it('passes a refusal on and appends nothing', async () => {
    await expect(decideAndAppend(desk, ask(1, 'refused'))).rejects.toMatchObject({
      code: 'invalid',
    });
    expect(log.head().seq).toBe(0);
  });

  it('writes nothing that its own readers would refuse', async () => {
    const malformed = decideAndAppend(desk, ask(1, 'malformed'));
    await expect(malformed).rejects.toThrow(/observation\.retracted\.v1 is malformed at retracts/);
    expect(log.head().seq).toBe(0);
  });

  it('says unchanged when nothing follows', async () => {
    await decideAndAppend(desk, ask(1, 'one'));
    expect(await decideAndAppend(desk, ask(2, 'nothing'))).toMatchObject({
      outcome: 'unchanged',
      revision: 0,
      seq: 1,
      id: testId(1),
    });
  });

  describe('a repeated command', () => {
    it('gets the first answer, whatever came after it and whoever is asked', async () => {
      const first = await decideAndAppend(desk, ask(1, 'one'));
      clock += 60_000;
      await decideAndAppend(desk, ask(2, 'two'));
      for (const other of [desk, newDesk()]) {
        const again = await decideAndAppend(other, ask(1, 'one'));
        expect(again).toEqual({ ...first, outcome: 'already' });
      }
    });

    it('sent twice at once is judged with the time of the one that was first', async () => {
      const append = log.append.bind(log);
      // The second is decided a while later, and both reach the log before either has an answer.
      const appending = jest.spyOn(log, 'append');
      let second: ReturnType<typeof decideAndAppend> | undefined;
      appending.mockImplementationOnce(async (...first) => {
        const appended = append(...first);
        clock += 6;
        second = decideAndAppend(newDesk(), ask(1, 'one'));
        return appended;
      });
      const first = await decideAndAppend(desk, ask(1, 'one'));
      expect(await second).toEqual({ ...first, outcome: 'already' });
      expect(appending).toHaveBeenCalledTimes(2);
      appending.mockRestore();
    });

    it.each([
      ['another text', ask(1, 'other')],
      ['more of it', ask(1, 'one', { times: 2 })],
      ['nothing', ask(1, 'nothing')],
      ['another officer', ask(1, 'one', { actor: { ...bravo, officer: testId(5) } })],
      ['another expected revision', ask(1, 'one', { expectedRevision: 0 })],
    ])('is refused when it says %s', async (_, other) => {
      await decideAndAppend(desk, ask(1, 'one'));
      await decideAndAppend(desk, ask(2, 'two'));
      await expect(decideAndAppend(newDesk(), other)).rejects.toMatchObject({ code: 'id_reused' });
      expect(log.head().seq).toBe(2);
    });

    it('is told the refusal, not that the id was used, when a rule has become stricter', async () => {
      await decideAndAppend(desk, ask(1, 'one'));
      await expect(decideAndAppend(newDesk(), ask(1, 'refused'))).rejects.toMatchObject({
        code: 'invalid',
      });
    });

    it('is refused when its id belongs to another stream', async () => {
      await decideAndAppend(desk, ask(1, 'one'));
      const elsewhere = ask(1, 'one', { subject: `observation/${testId(2)}` });
      await expect(decideAndAppend(desk, elsewhere)).rejects.toMatchObject({ code: 'id_reused' });
    });

    it('is judged again at its recorded time and against the centre of then', async () => {
      const centre = `centre/${testId(7)}`;
      const counting = { initialState: 0, evolve: (n: number) => n + 1 };
      const found = (id: number) =>
        decideAndAppend(desk, ask(id, 'centre', { subject: centre, times: 2 }));
      const judged = {
        ...ask(1, 'one'),
        against: againstStream(centre, counting),
        command: ({ now, against }: { now: number; against: number }) => ({
          text: 'one',
          at: now,
          centre: against,
        }),
      };
      await found(70);
      const first = await decideAndAppend(desk, judged);
      expect((await stored())[0]?.envelope.centrerevision).toBe(1);
      clock += 60_000;
      await found(71);
      expect(await decideAndAppend(newDesk(), judged)).toEqual({ ...first, outcome: 'already' });
    });

    it('is the same by its public part once something was erased', async () => {
      await decideAndAppend(desk, ask(1, 'one'));
      const digest = (await stored())[0]?.disclosed['explanation']?.digest ?? '';
      const erasure = {
        commandId: testId(9),
        actor: bravo,
        subject,
        event: testId(1),
        digests: [digest],
        reason: 'a name was in it',
      };
      await eraseDisclosures(desk, erasure);
      expect((await eraseDisclosures(desk, erasure)).outcome).toBe('already');
      expect((await decideAndAppend(desk, ask(1, 'whatever'))).outcome).toBe('already');
    });

    it('is one event however often it is sent, at once or one after the other', async () => {
      let run = 100;
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 20 }),
          async (order) => {
            run += 1;
            const stream = { subject: `observation/${testId(run)}` };
            const before = log.head().seq;
            const answers = await Promise.all(
              order.map(async (each) => [
                each,
                (await decideAndAppend(desk, ask(run * 10 + each, `${each}`, stream))).seq,
              ]),
            );
            expect(log.head().seq - before).toBe(new Set(order).size);
            expect(new Set(answers.map(String)).size).toBe(new Set(order).size);
          },
        ),
        { numRuns: 25 },
      );
    });
  });

  describe('a race', () => {
    it('is decided anew by whoever loses it', async () => {
      await Promise.all(
        Array.from({ length: 8 }, (_, n) => decideAndAppend(desk, ask(10 + n, `${n}`))),
      );
      expect((await stored()).map(({ envelope }) => envelope.data['retracts'])).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8,
      ]);
    });

    it('is a conflict for the sender who named a revision', async () => {
      await decideAndAppend(desk, ask(1, 'one'));
      const named = { expectedRevision: 0 };
      const [won, lost] = await Promise.allSettled([
        decideAndAppend(desk, ask(2, 'two', named)),
        decideAndAppend(desk, ask(3, 'three', named)),
      ]);
      expect(won.status).toBe('fulfilled');
      expect(lost).toMatchObject({
        reason: { code: 'wrong_expected_revision', facts: { actual: 1 } },
      });
    });
  });

  describe('recorded times', () => {
    it('are never earlier than the one before, and say when they were lifted', async () => {
      clock += 10_000;
      await decideAndAppend(desk, ask(1, 'one'));
      clock -= 7_200_000;
      await decideAndAppend(desk, ask(2, 'two'));
      const [first, second] = await stored();
      expect(second?.envelope.time).toBe(first?.envelope.time);
      expect(first?.envelope.clockadjusted).toBeUndefined();
      expect(second?.envelope.clockadjusted).toBe(true);
    });

    it('are never earlier than the last of the stream, which another node may have written', () => {
      const last = new Date(clock + 3_000).toISOString();
      expect(desk.recordingTime(undefined, last)).toEqual({ ms: clock + 3_000, adjusted: true });
      expect(desk.recordingTime(clock + 5_000, last)).toEqual({
        ms: clock + 5_000,
        adjusted: false,
      });
    });

    it('are in order although appends wait for one another', async () => {
      const appends = Array.from({ length: 50 }, (_, n) => {
        clock += n % 3 === 0 ? -500 : 400;
        return decideAndAppend(desk, ask(10 + n, `${n}`, { subject: `observation/${testId(n)}` }));
      });
      await Promise.all(appends);
      const times = (await log.page(-1, 100)).events.map(({ envelope }) => envelope.time);
      expect(times).toEqual([...times].sort());
    });

    it('may be set by the generator of an exercise', async () => {
      const at = FIRST_INSTANT + 86_400_000;
      expect((await decideAndAppend(desk, ask(1, 'one', { at }))).recordedAt).toBe(
        '2026-08-16T20:00:00.000Z',
      );
    });

    it('may be set by nobody in a real log', async () => {
      const real = await openLog({ folder: ':memory:', exercise: false, now: () => clock });
      const realDesk = new CommandDesk({
        log: real,
        now: () => clock,
        drawSecret: () => new Uint8Array(32),
      });
      await expect(decideAndAppend(realDesk, ask(1, 'one', { at: clock }))).rejects.toMatchObject({
        code: 'malformed_append',
      });
      await real.close();
    });
  });

  it('draws one secret per event, also when it is decided twice', async () => {
    await Promise.all([decideAndAppend(desk, ask(1, 'one')), decideAndAppend(desk, ask(2, 'two'))]);
    expect(drawn).toBe(2);
  });

  it('keeps no erased text in a state that was folded before', async () => {
    await decideAndAppend(desk, ask(1, 'one'));
    const digest = (await stored())[0]?.disclosed['explanation']?.digest ?? '';
    await desk.states.load(subject, tally);
    const reason = 'a name was in it';
    const erasure = {
      commandId: testId(9),
      actor: bravo,
      subject,
      event: testId(1),
      digests: [digest],
      reason,
    };
    await eraseDisclosures(newDesk(), erasure);
    expect((await desk.states.load(subject, tally)).state.texts).toEqual(['-', '-']);
  });
});
