import { describe, expect, test } from '@jest/globals';
import { QuestionQueue } from './question-queue.ts';

describe('questions before one thread', () => {
  const made = (most = 3) => {
    const posted: string[] = [];
    const queue = new QuestionQueue<string, number>(most, (question) => posted.push(question));
    return { posted, queue };
  };

  test('are asked one after the other, and each gets its own answer', async () => {
    const { posted, queue } = made();
    const answers = ['a', 'b', 'c'].map((question) => queue.ask(question));
    expect(posted).toEqual(['a']);
    queue.answer(1);
    expect(posted).toEqual(['a', 'b']);
    queue.refuse(new Error('b cannot be answered'));
    queue.answer(3);
    await expect(Promise.allSettled(answers)).resolves.toMatchObject([
      { value: 1 },
      { reason: { message: 'b cannot be answered' } },
      { value: 3 },
    ]);
  });

  test('are turned away above the bound, and let in again when there is room', async () => {
    const { queue } = made(2);
    const waiting = ['a', 'b', 'c'].map((question) => queue.ask(question));
    await expect(queue.ask('d')).rejects.toMatchObject({ code: 'overloaded' });
    queue.answer(1);
    const late = queue.ask('e');
    for (const answer of [2, 3, 4]) queue.answer(answer);
    expect(await Promise.all([...waiting, late])).toEqual([1, 2, 3, 4]);
  });

  test('count by what they weigh, also when one has gone or is asked', async () => {
    const queue = new QuestionQueue<string, number>(
      6,
      () => undefined,
      ({ length }) => length,
    );
    const gone = new AbortController();
    const asked = queue.ask('under way');
    const [heavy, light] = [queue.ask('heavy', gone.signal), queue.ask('l')];
    await expect(queue.ask('x')).rejects.toMatchObject({ code: 'overloaded' });
    gone.abort(new Error('nobody waits'));
    await expect(heavy).rejects.toThrow('nobody waits');
    const next = [queue.ask('twelve chars'), light];
    await expect(queue.ask('x')).rejects.toMatchObject({ code: 'overloaded' });
    for (const answer of [1, 2, 3]) queue.answer(answer);
    expect(await Promise.all([asked, ...next])).toEqual([1, 3, 2]);
  });

  test('go with whoever asked them, and the thread never hears of them', async () => {
    const { posted, queue } = made();
    const gone = new AbortController();
    const answers = [queue.ask('a'), queue.ask('b', gone.signal), queue.ask('c')];
    gone.abort(new Error('nobody waits'));
    await expect(answers[1]).rejects.toThrow('nobody waits');
    queue.answer(1);
    queue.answer(3);
    expect(posted).toEqual(['a', 'c']);
    expect(await Promise.all([answers[0], answers[2]])).toEqual([1, 3]);
    await expect(queue.ask('d', gone.signal)).rejects.toThrow('nobody waits');
  });

  test('that are under way keep their place when whoever asked has gone', async () => {
    const { posted, queue } = made();
    const gone = new AbortController();
    const first = queue.ask('a', gone.signal);
    const second = queue.ask('b');
    gone.abort(new Error('nobody waits'));
    await expect(first).rejects.toThrow('nobody waits');
    expect(posted).toEqual(['a']);
    queue.answer(1);
    queue.answer(2);
    expect(await second).toBe(2);
  });

  test('that cannot be handed over are refused, and the next one is asked', async () => {
    const posted: string[] = [];
    const queue = new QuestionQueue<string, number>(3, (question) => {
      if (question === 'a') throw new Error('there is nobody to ask');
      posted.push(question);
    });
    await expect(queue.ask('a')).rejects.toThrow('there is nobody to ask');
    const next = queue.ask('b');
    queue.answer(2);
    expect([posted, await next]).toEqual([['b'], 2]);
  });

  test('are all refused when the thread is gone', async () => {
    const { queue } = made();
    const answers = ['a', 'b'].map((question) => queue.ask(question));
    queue.refuseAll(new Error('it has ended'));
    await expect(Promise.allSettled(answers)).resolves.toMatchObject([
      { reason: { message: 'it has ended' } },
      { reason: { message: 'it has ended' } },
    ]);
  });
});
