import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { ApiProblem } from '../../../api/api-problem.ts';
import { IDLE_VIEW } from '../../../live/live-feed.ts';
import { sendStep, useStepUnderWay } from './step-sending.ts';

const FEED = { current: () => IDLE_VIEW, watch: () => () => undefined };
const OBSERVATION = '019aa9c0-7d3e-7a41-8c55-0000000186a7';
const RECEIPT = { id: OBSERVATION, number: 42, version: 2, revision: 1, seq: 99 };

describe('a retraction without an answer', () => {
  const sent: { readonly address: string; readonly body: string }[] = [];
  const answers: object[] = [];
  let root: Root;
  const shown = () => document.body.textContent;
  const Screen = () => {
    const step = useStepUnderWay(OBSERVATION);
    return step === null ? 'nothing' : `${step.step} ${step.attempt} ${step.problem?.code ?? ''}`;
  };
  const open = () => {
    root = createRoot(document.body.appendChild(document.createElement('div')));
    act(() => root.render(<Screen />));
  };
  const answer = (status: number, body: object, type = 'application/json') => {
    const headers = new Map([['content-type', type]]);
    answers.push({ ok: status < 300, status, headers, json: () => Promise.resolve(body) });
  };

  beforeEach(() => {
    sent.length = 0;
    answers.length = 0;
    jest.useFakeTimers();
    Object.assign(globalThis, {
      IS_REACT_ACT_ENVIRONMENT: true,
      fetch: (address: string, { body }: { readonly body: string }) => {
        sent.push({ address, body });
        const next = answers.shift();
        return next instanceof TypeError || next === undefined
          ? Promise.reject(next ?? new TypeError('nobody answers'))
          : Promise.resolve(next);
      },
    });
    open();
  });
  afterEach(() => {
    act(() => root.unmount());
    jest.useRealTimers();
    document.body.innerHTML = '';
  });

  it('goes out again under the same id, also when nobody looks any more', async () => {
    answers.push(new TypeError('the line went dead'));
    answer(503, { code: 'outcome_unknown', detail: '' }, 'application/problem+json');
    answer(200, RECEIPT);
    let receipt: unknown;
    await act(async () => {
      void sendStep(FEED, OBSERVATION, 'retraction', { retracts: 1, reason: 'duplicate' }, 0).then(
        (done) => (receipt = done.receipt),
      );
      await jest.advanceTimersByTimeAsync(0);
    });
    expect(shown()).toBe('retraction 2 network');
    act(() => root.unmount());
    await jest.advanceTimersByTimeAsync(1_000);
    open();
    expect(shown()).toBe('retraction 3 outcome_unknown');
    await act(() => jest.advanceTimersByTimeAsync(2_000));
    expect(receipt).toEqual(RECEIPT);
    expect(shown()).toBe('nothing');
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(sent[0]?.address).toBe(`/api/observations/${OBSERVATION}/retraction`);
  });

  it('ends with a definite no, and another step may follow', async () => {
    answer(409, { code: 'revision_conflict', detail: '' }, 'application/problem+json');
    let refused: unknown;
    await act(async () => {
      await sendStep(
        FEED,
        OBSERVATION,
        'retraction',
        { retracts: 1, reason: 'duplicate' },
        0,
      ).catch((error: unknown) => (refused = error));
    });
    expect(refused).toBeInstanceOf(ApiProblem);
    expect(shown()).toBe('nothing');
    expect(sent).toHaveLength(1);
  });
});
