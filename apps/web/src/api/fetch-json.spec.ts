import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { ANSWER_WITHIN_MS, getJson } from './fetch-json.ts';

it.each([new TypeError('network error'), new SyntaxError('Unexpected end of JSON input')])(
  'an answer that breaks off in the middle is no answer: %s',
  async (cut) => {
    const response = { ok: true, status: 200, json: () => Promise.reject(cut) };
    Object.assign(globalThis, { fetch: () => Promise.resolve(response) });
    await expect(getJson('/api/centre')).rejects.toMatchObject({ code: 'network' });
  },
);

describe('a question to a node that is there and silent', () => {
  /** As a browser's: it ends when its signal says so, and with its reason. */
  const silent = (_: string, { signal }: { readonly signal: AbortSignal }) =>
    new Promise((_resolve, reject) => {
      if (signal.aborted) reject(signal.reason);
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  const silentBody = (_: string, { signal }: { readonly signal: AbortSignal }) =>
    Promise.resolve({ ok: true, status: 200, json: () => silent('', { signal }) });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each([
    ['at all', silent],
    ['in the middle of its answer', silentBody],
  ])('is as if it was away: %s', async (_, fetch) => {
    Object.assign(globalThis, { fetch });
    const late = new AbortController();
    const limit = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(late.signal);
    const asking = getJson('/api/centre', { signal: new AbortController().signal });
    late.abort(new DOMException('signal timed out', 'TimeoutError'));
    await expect(asking).rejects.toMatchObject({ code: 'network' });
    expect(limit).toHaveBeenCalledWith(ANSWER_WITHIN_MS);
  });

  it('ends when whoever asked has left, and is no fault of the node', async () => {
    Object.assign(globalThis, { fetch: silent });
    const own = new AbortController();
    const asking = getJson('/api/centre', { signal: own.signal });
    own.abort();
    await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
  });
});
