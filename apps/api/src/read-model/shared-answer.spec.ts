import { describe, expect, test } from '@jest/globals';
import { SharedAnswer } from './shared-answer.ts';

const GONE = new Error('gone');

function asked() {
  let give: (answer: string) => void = () => undefined;
  const told: { signal?: AbortSignal } = {};
  const answer = new SharedAnswer<string>((signal) => {
    told.signal = signal;
    return new Promise((resolve, reject) => {
      give = resolve;
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  });
  return { answer, give: (text: string) => give(text), told };
}

describe('an answer for everybody who asks the same', () => {
  test('is given to whoever stays, also when others have gone', async () => {
    const { answer, give, told } = asked();
    const goes = new AbortController();
    const gone = answer.take(goes.signal);
    const stays = [answer.take(), answer.take(new AbortController().signal)];
    goes.abort(GONE);
    await expect(gone).rejects.toBe(GONE);
    expect(told.signal?.aborted).toBe(false);
    give('so');
    expect(await Promise.all(stays)).toEqual(['so', 'so']);
  });

  test('is given up when all have gone', async () => {
    const { answer, told } = asked();
    const both = [new AbortController(), new AbortController()];
    const answers = both.map(({ signal }) => answer.take(signal));
    let refused = 0;
    answer.whenRefused(() => (refused += 1));
    for (const each of both) each.abort(GONE);
    await expect(Promise.allSettled(answers)).resolves.toMatchObject([
      { reason: GONE },
      { reason: GONE },
    ]);
    expect(answer.isGivenUp).toBe(true);
    expect(told.signal?.reason).toBe(GONE);
    expect(refused).toBe(1);
  });
});
