import { describe, expect, it } from '@jest/globals';
import type { EventLog } from './event-log.ts';
import { isEventLogError } from './event-log-error.ts';
import { appending, numbering, testEvent, testId, testStream } from './testing/events.ts';

/** What every adapter keeps when it is written: expectations, repetitions, limits. */
export function itKeepsTheContractOfAppending(log: () => EventLog): void {
  const { one, append } = appending(log);
  const all = async () => (await log().page(-1, 1_000)).events;

  describe('expectations', () => {
    it('takes "none" for a stream that does not exist', async () => {
      expect(await append(1)).toMatchObject({ outcome: 'appended', revision: 0 });
    });

    it('tells the number of what is in the log to whoever asks for it by its id', async () => {
      const first = await append(1);
      const second = await append(1, 1);
      const ids = [...second.events, ...first.events].map(({ id }) => id);
      const numbers = await Promise.all(ids.map((id) => log().numberOf(id)));
      const logged = await all();
      expect(numbers.map((seq) => logged[seq]?.envelope.id)).toEqual(ids);
      expect(await Promise.all(ids.map((id) => log().find(id)))).toEqual(numbers);
      expect(await log().find(testId(999))).toBeUndefined();
    });

    it('keeps the order of calls, where the traits say so', async () => {
      const ids = Array.from({ length: 100 }, (_, at) => testId(100 - at));
      await Promise.all(ids.map((_, at) => append(100 - at)));
      const logged = (await all()).slice(-100).map(({ envelope }) => envelope.id);
      const keeps = log().traits.keepsOrderOfCalls;
      expect(keeps ? logged : logged.toSorted()).toEqual(keeps ? ids : ids.toSorted());
    });

    it('takes the exact revision of a stream that does', async () => {
      await append(1);
      expect(await append(1, 1)).toMatchObject({ outcome: 'appended', revision: 1 });
    });

    it.each([
      ['a revision of a stream that does not exist', 0, 'none'],
      ['"none" for a stream that exists', 'none', 1],
      ['a revision behind the head', 0, 1],
      ['a revision ahead of the head', 7, 1],
    ] as const)('refuses %s and says where the stream is', async (_, expected, actual) => {
      if (actual === 1) {
        await append(1);
        await append(1, 1);
      }
      const before = await all();
      const revision = expected === 'none' ? 0 : expected + 1;
      const event = testEvent({ stream: 1, revision, id: 99 });
      await expect(log().append(testStream(1), expected, [event])).rejects.toMatchObject({
        code: 'wrong_expected_revision',
        facts: { actual },
      });
      expect(await all()).toEqual(before);
    });

    it('leaves no trace of an append that was refused (the stream goes on as before)', async () => {
      await append(1);
      await expect(
        log().append(testStream(1), 'none', [testEvent({ stream: 1, id: 50 })]),
      ).rejects.toThrow();
      expect(await append(1, 1)).toMatchObject({ outcome: 'appended', revision: 1 });
    });

    it('gives 64 racing writers of one stream dense revisions', async () => {
      await append(1);
      const write = async (id: number): Promise<void> => {
        const { revision } = await log().source(testStream(1), { from: 1_000 });
        const next = revision === 'none' ? 0 : revision + 1;
        try {
          await log().append(testStream(1), revision, [
            testEvent({ stream: 1, revision: next, id }),
          ]);
        } catch (error) {
          if (!isEventLogError(error, 'wrong_expected_revision')) throw error;
          await write(id);
        }
      };
      await Promise.all(Array.from({ length: 64 }, (_, n) => write(1_000 + n)));
      const { events } = await log().source(testStream(1));
      expect(events.map(({ envelope }) => envelope.revision)).toEqual([...Array(65).keys()]);
    });
  });

  describe('several events of one append', () => {
    const three = [0, 1, 2].map((revision) => one(1, revision));

    it('are all there, side by side', async () => {
      const { revision, events } = await numbering(log(), testStream(1), 'none', three);
      expect(revision).toBe(2);
      expect((await log().source(testStream(1))).events).toHaveLength(3);
      const first = events[0]?.seq ?? -1;
      if (log().traits.numbersAtAppend) {
        expect(events.map(({ seq }) => seq)).toEqual([first, first + 1, first + 2]);
      }
    });

    it('are `already` there when all are, and a conflict when only the first are', async () => {
      await numbering(log(), testStream(1), 'none', three.slice(0, 2));
      expect(await log().append(testStream(1), 'none', three.slice(0, 2))).toMatchObject({
        outcome: 'already',
        revision: 1,
      });
      await expect(log().append(testStream(1), 'none', three)).rejects.toMatchObject({
        code: 'wrong_expected_revision',
      });
    });
  });

  describe('an append that is repeated', () => {
    it('gets the first answer again, whatever came after it', async () => {
      const first = await append(1);
      await append(2);
      await append(1, 1);
      expect(await append(1)).toEqual({ ...first, outcome: 'already' });
    });

    it('is the same with another time and other salts', async () => {
      const disclosed = { narrative: 'Three bursts.' };
      const stream = testStream(1);
      const first = testEvent({ stream: 1, disclosed, secret: 1 });
      await numbering(log(), stream, 'none', [first]);
      const again = testEvent({ stream: 1, disclosed, secret: 2, time: Date.UTC(2027, 0, 1) });
      const answer = await log().append(stream, 'none', [again]);
      expect(answer).toMatchObject({ outcome: 'already', revision: 0 });
      expect(answer.events[0]?.time).toBe('2026-08-15T20:00:00.001Z');
    });

    it.each([
      ['other public data', { data: { kind: 'shot' } }],
      ['another type', { type: 'observation.corrected.v1' }],
      ['another officer', { officer: testId(5) }],
      ['another disclosed value', { disclosed: { narrative: 'Four bursts.' } }],
      ['one disclosure less', { disclosed: {} }],
      ['one disclosure more', { disclosed: { narrative: 'Three bursts.', asEntered: 'x' } }],
    ])('is refused with %s', async (_, other) => {
      const event = { stream: 1, disclosed: { narrative: 'Three bursts.' } };
      await numbering(log(), testStream(1), 'none', [testEvent(event)]);
      await expect(
        log().append(testStream(1), 'none', [testEvent({ ...event, ...other })]),
      ).rejects.toMatchObject({ code: 'id_reused' });
    });

    it('is refused at another place of its stream', async () => {
      await append(1);
      await append(1, 1);
      const moved = testEvent({ stream: 1, revision: 2, id: 1 });
      const before = await all();
      await expect(log().append(testStream(1), 1, [moved])).rejects.toMatchObject({
        code: 'id_reused',
      });
      expect(await all()).toEqual(before);
    });

    it('is refused in another stream, together with nothing else', async () => {
      await append(1);
      const stolen = testEvent({ stream: 2, id: 1 });
      const [theft, neighbour] = await Promise.allSettled([
        log().append(testStream(2), 'none', [stolen]),
        append(3),
      ]);
      expect(neighbour.status).toBe('fulfilled');
      // A store that does not know the ids of other streams takes it (`traits.uniqueIds`).
      expect(theft).toMatchObject(
        log().traits.uniqueIds === 'log'
          ? { status: 'rejected', reason: { code: 'id_reused' } }
          : { status: 'fulfilled', value: { outcome: 'appended' } },
      );
    });

    it('is recognised when both are under way at once', async () => {
      const answers = await Promise.all([append(1), append(1), append(1)]);
      expect(answers.map(({ outcome }) => outcome).sort()).toEqual([
        'already',
        'already',
        'appended',
      ]);
      expect(new Set(answers.map(({ events }) => events[0]?.seq)).size).toBe(1);
    });
  });

  describe('limits', () => {
    const leafOf = (bytes: number) => {
      const empty = Buffer.byteLength(testEvent({ stream: 1, data: { text: '' } }).leaf);
      return testEvent({ stream: 1, data: { text: 'x'.repeat(bytes - empty) } });
    };

    it.each([
      [65_534, true],
      [65_535, true],
      [65_536, false],
    ])('a leaf of %i bytes is taken: %s', async (bytes, taken) => {
      const event = leafOf(bytes);
      expect(Buffer.byteLength(event.leaf)).toBe(bytes);
      const answer = log().append(testStream(1), 'none', [event]);
      if (taken) await expect(answer).resolves.toMatchObject({ outcome: 'appended' });
      else
        await expect(answer).rejects.toMatchObject({
          code: 'too_large',
          facts: { limit: 65_535 },
        });
    });

    it('refuses disclosures of more than 128 KiB together (T32)', async () => {
      const disclosed = { narrative: 'x'.repeat(100_000) };
      await expect(
        log().append(testStream(1), 'none', [testEvent({ stream: 1, disclosed })]),
      ).rejects.toMatchObject({ code: 'too_large' });
    });

    it('refuses more events, or more bytes, than one append may have', async () => {
      const many = Array.from({ length: 501 }, (_, revision) => one(1, revision));
      await expect(log().append(testStream(1), 'none', many)).rejects.toMatchObject({
        code: 'too_large',
      });
      const large = Array.from({ length: 14 }, (_, revision) =>
        testEvent({ stream: 1, revision, data: { text: 'x'.repeat(60_000) } }),
      );
      await expect(log().append(testStream(1), 'none', large)).rejects.toMatchObject({
        code: 'too_large',
      });
    });

    it.each([
      ['an empty list (T26)', () => log().append(testStream(1), 'none', [])],
      ['a negative revision', () => log().append(testStream(1), -1, [one(1)])],
      ['a broken revision', () => log().append(testStream(1), 0.5, [one(1, 1)])],
      ['an event of another stream', () => log().append(testStream(2), 'none', [one(1)])],
      ['an event of another place', () => log().append(testStream(1), 'none', [one(1, 3)])],
      [
        'the same id twice',
        () =>
          log().append(testStream(1), 'none', [
            one(1),
            testEvent({ stream: 1, revision: 1, id: 1 }),
          ]),
      ],
    ])('refuses %s', async (_, attempt) => {
      await expect(attempt()).rejects.toMatchObject({ code: 'malformed_append' });
    });

    it('refuses what canonical JSON cannot carry, before it reaches the store (T34)', () => {
      for (const value of [1n, Number.NaN, '\ud800']) {
        expect(() => testEvent({ stream: 1, data: { value } })).toThrow(
          expect.objectContaining({ code: 'malformed_append' }),
        );
      }
    });
  });
}
