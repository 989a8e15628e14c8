import { describe, expect, it } from '@jest/globals';
import type { EventLog, Followed, StoredEvent } from './event-log.ts';
import { appending, numbering, testEvent, testId, testStream } from './testing/events.ts';

/** What every adapter keeps when it is read, followed, and made to forget. */
export function itKeepsTheContractOfReading(log: () => EventLog): void {
  const { append } = appending(log);
  const all = async () => (await log().page(-1, 1_000)).events;

  describe('reading', () => {
    it('gives back the very bytes, with numbers and any script of the world', async () => {
      const data = { text: 'Շուշի Şuşa Шуша \u0000 𐍈 \u2028', n: Number.MAX_SAFE_INTEGER, z: -1 };
      const sent = testEvent({ stream: 1, data, disclosed: { narrative: 'İ \u0000\r\n "𝄞"' } });
      await numbering(log(), testStream(1), 'none', [sent]);
      const [read] = (await log().source(testStream(1))).events;
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
      expect(log().head().seq).toBe(4);
    });

    it('sources a stream from a revision on, and says what to expect next', async () => {
      for (const revision of [0, 1, 2]) await append(1, revision);
      const { events, revision } = await log().source(testStream(1), { from: 1 });
      expect(events.map(({ envelope }) => envelope.revision)).toEqual([1, 2]);
      expect(revision).toBe(2);
      expect(await log().source(testStream(1), { from: 3 })).toEqual({ events: [], revision: 2 });
      expect(await log().source(testStream(9))).toEqual({ events: [], revision: 'none' });
    });

    it('sources what it has numbered of a stream as it sources all of it', async () => {
      for (const revision of [0, 1, 2]) await append(1, revision);
      for (const [stream, from] of [
        [1, 0],
        [1, 2],
        [9, 0],
      ] as const) {
        const whole = await log().source(testStream(stream), { from });
        expect(await log().source(testStream(stream), { from, known: true })).toEqual(whole);
      }
    });

    it('pages through the log without gap or repeat, whatever the size of a page', async () => {
      for (let n = 1; n <= 10; n += 1) await append(n);
      const whole = await all();
      for (const limit of [1, 3, 7, 11, 50]) {
        const read: StoredEvent[] = [];
        let after = -1;
        for (let atHead = false; !atHead;) {
          const page = await log().page(after, limit);
          read.push(...page.events);
          after = page.reached;
          atHead = page.atHead;
        }
        expect(read).toEqual(whole);
      }
    });

    it('knows no position beyond its head', async () => {
      await expect(log().page(1, 10)).rejects.toMatchObject({ code: 'position_unknown' });
      await expect(next(log().follow(1))).rejects.toMatchObject({ code: 'position_unknown' });
      await expect(next(log().follow(-2))).rejects.toMatchObject({ code: 'position_unknown' });
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
        expect(await untilLive(log().follow(after))).toEqual(whole.slice(after + 1));
      }
    });

    it('yields every later event once and in order, while writers write', async () => {
      const stop = new AbortController();
      const seen = collect(log().follow(-1, { signal: stop.signal }), 101, stop);
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
          log().follow(seen.at(-1) ?? -1, { signal: stop.signal }),
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
        for await (const { kind } of log().follow(-1, { signal: stop.signal })) kinds.push(kind);
      })();
      await new Promise((resolve) => setTimeout(resolve, 20));
      stop.abort();
      await ended;
      expect(kinds).toEqual(['batch', 'live']);
    });

    it('goes on for others when one consumer throws', async () => {
      const thrower = (async () => {
        for await (const _ of log().follow(-1)) throw new Error('a handler throws');
      })();
      await expect(thrower).rejects.toThrow('a handler throws');
      const stop = new AbortController();
      const seen = collect(log().follow(-1, { signal: stop.signal }), 2, stop);
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
      await numbering(log(), testStream(1), 'none', [testEvent({ stream: 1, disclosed })]);
      const [event] = (await log().source(testStream(1))).events;
      return event?.disclosed ?? {};
    };

    it('takes one disclosure from every past view and leaves the others', async () => {
      const before = await recorded();
      await log().append(testStream(1), 0, [erasure([before['narrative']?.digest ?? ''])]);
      const [event] = (await log().source(testStream(1))).events;
      expect(event?.disclosed['narrative']).toEqual({
        state: 'erased',
        digest: before['narrative']?.digest,
      });
      expect(event?.disclosed['asEntered']).toEqual(before['asEntered']);
      expect((await untilLive(log().follow(0)))[0]?.disclosed).toEqual(event?.disclosed);
      expect((await log().page(0, 1)).events[0]?.disclosed).toEqual(event?.disclosed);
    });

    it('leaves the leaf, its hash and the chain as they were', async () => {
      const before = await recorded();
      const [{ leaf, chain } = { leaf: '', chain: undefined }] = (await log().page(0, 1)).events;
      await log().append(testStream(1), 0, [erasure([before['narrative']?.digest ?? ''])]);
      expect((await log().page(0, 1)).events[0]).toMatchObject({ leaf, chain });
    });

    it('makes a repeated command the same by its public part alone', async () => {
      const before = await recorded();
      await log().append(testStream(1), 0, [erasure([before['narrative']?.digest ?? ''])]);
      const again = testEvent({
        stream: 1,
        disclosed: { ...disclosed, narrative: 'Nobody can tell.' },
      });
      expect(await log().append(testStream(1), 'none', [again])).toMatchObject({
        outcome: 'already',
      });
      const other = testEvent({ stream: 1, disclosed, data: { kind: 'shot' } });
      await expect(log().append(testStream(1), 'none', [other])).rejects.toMatchObject({
        code: 'id_reused',
      });
    });

    it('is refused for digests that its stream does not have', async () => {
      await recorded();
      await expect(log().append(testStream(1), 0, [erasure(['AAAA'])])).rejects.toMatchObject({
        code: 'malformed_append',
      });
    });

    it('of the vault tells withheld and erased apart', async () => {
      const event = testEvent({ stream: 2, disclosed });
      const { envelope, leaf, leafHash } = event;
      await numbering(log(), testStream(2), 'none', [{ envelope, leaf, leafHash }]);
      const [read] = (await log().source(testStream(2))).events;
      expect(Object.values(read?.disclosed ?? {}).map(({ state }) => state)).toEqual([
        'withheld',
        'withheld',
      ]);
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
