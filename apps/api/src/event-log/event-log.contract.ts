import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, Followed, StoredEvent } from './event-log.ts';
import { isEventLogError } from './event-log-error.ts';
import { testEvent, testId, testStream } from './testing/events.ts';

/**
 * What every adapter of the log has to keep (event-sourcing.md 4.4). An adapter's own spec calls this
 * with a way to open an empty log that already holds event 0.
 */
export interface LogUnderTest {
  readonly log: EventLog;
  close(): Promise<void>;
}

export function itKeepsTheContractOfTheLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`the contract of the log, kept by ${name}:`, () => {
    let tested: LogUnderTest;
    let log: EventLog;

    beforeEach(async () => {
      tested = await open();
      log = tested.log;
    });
    afterEach(() => tested.close());

    const one = (stream: number, revision = 0) => testEvent({ stream, revision });
    const append = (stream: number, revision = 0) =>
      log.append(testStream(stream), revision === 0 ? 'none' : revision - 1, [
        one(stream, revision),
      ]);
    const all = async () => (await log.page(-1, 1_000)).events;

    describe('expectations', () => {
      it('takes "none" for a stream that does not exist', async () => {
        expect(await append(1)).toMatchObject({ outcome: 'appended', revision: 0 });
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
        await expect(log.append(testStream(1), expected, [event])).rejects.toMatchObject({
          code: 'wrong_expected_revision',
          facts: { actual },
        });
        expect(await all()).toEqual(before);
      });

      it('leaves no trace of an append that was refused (the stream goes on as before)', async () => {
        await append(1);
        await expect(
          log.append(testStream(1), 'none', [testEvent({ stream: 1, id: 50 })]),
        ).rejects.toThrow();
        expect(await append(1, 1)).toMatchObject({ outcome: 'appended', revision: 1 });
      });

      it('gives 64 racing writers of one stream dense revisions', async () => {
        await append(1);
        const write = async (id: number): Promise<void> => {
          const { revision } = await log.source(testStream(1));
          const next = revision === 'none' ? 0 : revision + 1;
          try {
            await log.append(testStream(1), revision, [
              testEvent({ stream: 1, revision: next, id }),
            ]);
          } catch (error) {
            if (!isEventLogError(error, 'wrong_expected_revision')) throw error;
            await write(id);
          }
        };
        await Promise.all(Array.from({ length: 64 }, (_, n) => write(1_000 + n)));
        const { events } = await log.source(testStream(1));
        expect(events.map(({ envelope }) => envelope.revision)).toEqual([...Array(65).keys()]);
      });
    });

    describe('several events of one append', () => {
      const three = [0, 1, 2].map((revision) => one(1, revision));

      it('are all there, side by side', async () => {
        const { revision, events } = await log.append(testStream(1), 'none', three);
        expect(revision).toBe(2);
        expect((await log.source(testStream(1))).events).toHaveLength(3);
        const first = events[0]?.seq ?? -1;
        if (log.traits.numbersAtAppend) {
          expect(events.map(({ seq }) => seq)).toEqual([first, first + 1, first + 2]);
        }
      });

      it('are `already` there when all are, and a conflict when only the first are', async () => {
        await log.append(testStream(1), 'none', three.slice(0, 2));
        expect(await log.append(testStream(1), 'none', three.slice(0, 2))).toMatchObject({
          outcome: 'already',
          revision: 1,
        });
        await expect(log.append(testStream(1), 'none', three)).rejects.toMatchObject({
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
        await log.append(stream, 'none', [testEvent({ stream: 1, disclosed, secret: 1 })]);
        const again = testEvent({ stream: 1, disclosed, secret: 2, time: Date.UTC(2027, 0, 1) });
        const answer = await log.append(stream, 'none', [again]);
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
        await log.append(testStream(1), 'none', [testEvent(event)]);
        await expect(
          log.append(testStream(1), 'none', [testEvent({ ...event, ...other })]),
        ).rejects.toMatchObject({ code: 'id_reused' });
      });

      it('is refused at another place of its stream', async () => {
        await append(1);
        await append(1, 1);
        const moved = testEvent({ stream: 1, revision: 2, id: 1 });
        const answer = log.append(testStream(1), 1, [moved]);
        if (log.traits.uniqueIds === 'log') {
          await expect(answer).rejects.toMatchObject({ code: 'id_reused' });
        }
        await answer.catch(() => undefined);
      });

      it('is refused in another stream, together with nothing else', async () => {
        await append(1);
        const stolen = testEvent({ stream: 2, id: 1 });
        const [theft, neighbour] = await Promise.allSettled([
          log.append(testStream(2), 'none', [stolen]),
          append(3),
        ]);
        expect(neighbour.status).toBe('fulfilled');
        if (log.traits.uniqueIds === 'log') {
          expect(theft).toMatchObject({ status: 'rejected', reason: { code: 'id_reused' } });
        }
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
        const answer = log.append(testStream(1), 'none', [event]);
        if (taken) await expect(answer).resolves.toMatchObject({ outcome: 'appended' });
        else
          await expect(answer).rejects.toMatchObject({
            code: 'too_large',
            facts: { limit: 65_535 },
          });
      });

      it('refuses disclosures of more than 128 KiB together', async () => {
        const disclosed = { narrative: 'x'.repeat(100_000) };
        await expect(
          log.append(testStream(1), 'none', [testEvent({ stream: 1, disclosed })]),
        ).rejects.toMatchObject({ code: 'too_large' });
      });

      it('refuses more events, or more bytes, than one append may have', async () => {
        const many = Array.from({ length: 501 }, (_, revision) => one(1, revision));
        await expect(log.append(testStream(1), 'none', many)).rejects.toMatchObject({
          code: 'too_large',
        });
        const large = Array.from({ length: 14 }, (_, revision) =>
          testEvent({ stream: 1, revision, data: { text: 'x'.repeat(60_000) } }),
        );
        await expect(log.append(testStream(1), 'none', large)).rejects.toMatchObject({
          code: 'too_large',
        });
      });

      it.each([
        ['an empty list', () => log.append(testStream(1), 'none', [])],
        ['a negative revision', () => log.append(testStream(1), -1, [one(1)])],
        ['a broken revision', () => log.append(testStream(1), 0.5, [one(1, 1)])],
        ['an event of another stream', () => log.append(testStream(2), 'none', [one(1)])],
        ['an event of another place', () => log.append(testStream(1), 'none', [one(1, 3)])],
        [
          'the same id twice',
          () =>
            log.append(testStream(1), 'none', [
              one(1),
              testEvent({ stream: 1, revision: 1, id: 1 }),
            ]),
        ],
      ])('refuses %s', async (_, attempt) => {
        await expect(attempt()).rejects.toMatchObject({ code: 'malformed_append' });
      });

      it('refuses what canonical JSON cannot carry, before it reaches the store', () => {
        for (const value of [1n, Number.NaN, '\ud800']) {
          expect(() => testEvent({ stream: 1, data: { value } })).toThrow(
            expect.objectContaining({ code: 'malformed_append' }),
          );
        }
      });
    });

    describe('reading', () => {
      it('gives back the very bytes, with numbers and any script of the world', async () => {
        const data = { text: 'Շուշի Şuşa Шуша \u0000 𐍈 \u2028', n: Number.MAX_SAFE_INTEGER, z: -1 };
        const sent = testEvent({ stream: 1, data, disclosed: { narrative: 'İ \u0000\r\n "𝄞"' } });
        await log.append(testStream(1), 'none', [sent]);
        const [read] = (await log.source(testStream(1))).events;
        expect(read?.leaf).toBe(sent.leaf);
        expect(read?.envelope).toEqual(sent.envelope);
        expect(read?.disclosed['narrative']).toMatchObject({
          state: 'shown',
          value: 'İ \u0000\r\n "𝄞"',
        });
      });

      it('numbers events densely in commit order, over all streams', async () => {
        await Promise.all([append(1), append(2), append(3)]);
        await append(2, 1);
        expect((await all()).map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4]);
        expect(log.head().seq).toBe(4);
      });

      it('sources a stream from a revision on, and says what to expect next', async () => {
        for (const revision of [0, 1, 2]) await append(1, revision);
        const { events, revision } = await log.source(testStream(1), { from: 1 });
        expect(events.map(({ envelope }) => envelope.revision)).toEqual([1, 2]);
        expect(revision).toBe(2);
        expect(await log.source(testStream(1), { from: 3 })).toEqual({ events: [], revision: 2 });
        expect(await log.source(testStream(9))).toEqual({ events: [], revision: 'none' });
      });

      it('pages through the log without gap or repeat, whatever the size of a page', async () => {
        for (let n = 1; n <= 10; n += 1) await append(n);
        const whole = await all();
        for (const limit of [1, 3, 7, 11, 50]) {
          const read: StoredEvent[] = [];
          let after = -1;
          for (let atHead = false; !atHead;) {
            const page = await log.page(after, limit);
            read.push(...page.events);
            after = page.reached;
            atHead = page.atHead;
          }
          expect(read).toEqual(whole);
        }
      });

      it('knows no position beyond its head', async () => {
        await expect(log.page(1, 10)).rejects.toMatchObject({ code: 'position_unknown' });
        await expect(next(log.follow(1))).rejects.toMatchObject({ code: 'position_unknown' });
        await expect(next(log.follow(-2))).rejects.toMatchObject({ code: 'position_unknown' });
      });

      it('shows nothing where nothing was disclosed', async () => {
        await append(1);
        expect((await all()).at(-1)?.disclosed).toEqual({});
      });
    });

    describe('following', () => {
      it('yields what page yields, from every position, then says live', async () => {
        for (let n = 1; n <= 6; n += 1) await append(n);
        const whole = await all();
        for (let after = -1; after <= 6; after += 1) {
          expect(await untilLive(log.follow(after))).toEqual(whole.slice(after + 1));
        }
      });

      it('yields every later event once and in order, while writers write', async () => {
        const stop = new AbortController();
        const seen = collect(log.follow(-1, { signal: stop.signal }), 101, stop);
        await Promise.all(Array.from({ length: 100 }, (_, n) => append(n + 1)));
        expect((await seen).map(({ seq }) => seq)).toEqual([...Array(101).keys()]);
      });

      it('loses and repeats nothing when dropped and begun again at any point', async () => {
        const writing = (async () => {
          for (let n = 1; n <= 60; n += 1) await append(n);
        })();
        const seen: number[] = [];
        while (seen.length < 61) {
          const stop = new AbortController();
          const wanted = Math.min(1 + ((seen.length * 7) % 5), 61 - seen.length);
          const events = await collect(
            log.follow(seen.at(-1) ?? -1, { signal: stop.signal }),
            wanted,
            stop,
          );
          seen.push(...events.map(({ seq }) => seq));
        }
        await writing;
        expect(seen).toEqual([...Array(61).keys()]);
      });

      it('ends quietly when it is aborted, also while it waits', async () => {
        const stop = new AbortController();
        const kinds: string[] = [];
        const ended = (async () => {
          for await (const { kind } of log.follow(-1, { signal: stop.signal })) kinds.push(kind);
        })();
        await new Promise((resolve) => setTimeout(resolve, 20));
        stop.abort();
        await ended;
        expect(kinds).toEqual(['batch', 'live']);
      });

      it('goes on for others when one consumer throws', async () => {
        const thrower = (async () => {
          for await (const _ of log.follow(-1)) throw new Error('a handler throws');
        })();
        await expect(thrower).rejects.toThrow('a handler throws');
        const stop = new AbortController();
        const seen = collect(log.follow(-1, { signal: stop.signal }), 2, stop);
        await append(1);
        expect(await seen).toHaveLength(2);
      });
    });

    describe('an erasure', () => {
      const disclosed = { narrative: 'Three bursts.', asEntered: '1358C' };
      const erasure = (digests: readonly string[]) =>
        testEvent({
          stream: 1,
          revision: 1,
          type: 'disclosure.erased.v1',
          data: { event: testId(1), digests: [...digests], reason: 'a name was in it' },
        });
      const recorded = async () => {
        await log.append(testStream(1), 'none', [testEvent({ stream: 1, disclosed })]);
        const [event] = (await log.source(testStream(1))).events;
        return event?.disclosed ?? {};
      };

      it('takes one disclosure from every past view and leaves the others', async () => {
        const before = await recorded();
        await log.append(testStream(1), 0, [erasure([before['narrative']?.digest ?? ''])]);
        const [event] = (await log.source(testStream(1))).events;
        expect(event?.disclosed['narrative']).toEqual({
          state: 'erased',
          digest: before['narrative']?.digest,
        });
        expect(event?.disclosed['asEntered']).toEqual(before['asEntered']);
        expect((await untilLive(log.follow(0)))[0]?.disclosed).toEqual(event?.disclosed);
        expect((await log.page(0, 1)).events[0]?.disclosed).toEqual(event?.disclosed);
      });

      it('leaves the leaf, its hash and the chain as they were', async () => {
        const before = await recorded();
        const [{ leaf, chain } = { leaf: '', chain: undefined }] = (await log.page(0, 1)).events;
        await log.append(testStream(1), 0, [erasure([before['narrative']?.digest ?? ''])]);
        expect((await log.page(0, 1)).events[0]).toMatchObject({ leaf, chain });
      });

      it('makes a repeated command the same by its public part alone', async () => {
        const before = await recorded();
        await log.append(testStream(1), 0, [erasure([before['narrative']?.digest ?? ''])]);
        const again = testEvent({
          stream: 1,
          disclosed: { ...disclosed, narrative: 'Nobody can tell.' },
        });
        expect(await log.append(testStream(1), 'none', [again])).toMatchObject({
          outcome: 'already',
        });
        const other = testEvent({ stream: 1, disclosed, data: { kind: 'shot' } });
        await expect(log.append(testStream(1), 'none', [other])).rejects.toMatchObject({
          code: 'id_reused',
        });
      });

      it('is refused for digests that its stream does not have', async () => {
        await recorded();
        await expect(log.append(testStream(1), 0, [erasure(['AAAA'])])).rejects.toMatchObject({
          code: 'malformed_append',
        });
      });

      it('of the vault tells withheld and erased apart', async () => {
        const event = testEvent({ stream: 2, disclosed });
        const { envelope, leaf } = event;
        await log.append(testStream(2), 'none', [{ envelope, leaf }]);
        const [read] = (await log.source(testStream(2))).events;
        expect(Object.values(read?.disclosed ?? {}).map(({ state }) => state)).toEqual([
          'withheld',
          'withheld',
        ]);
      });
    });
  });
}

/** The first thing that following yields. */
async function next(followed: AsyncIterable<Followed>): Promise<Followed | undefined> {
  for await (const each of followed) return each;
  return undefined;
}

/** Everything up to the first `live`. */
async function untilLive(followed: AsyncIterable<Followed>): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const each of followed) {
    if (each.kind === 'live') break;
    if (each.kind === 'batch') events.push(...each.events);
  }
  return events;
}

/** Follows until `wanted` events came, then aborts. */
export async function collect(
  followed: AsyncIterable<Followed>,
  wanted: number,
  stop: AbortController,
): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const each of followed) {
    if (each.kind === 'batch') events.push(...each.events);
    if (events.length >= wanted) stop.abort();
  }
  return events.slice(0, wanted);
}
