import { expect, it } from '@jest/globals';
import { getJson } from './fetch-json.ts';

it.each([new TypeError('network error'), new SyntaxError('Unexpected end of JSON input')])(
  'an answer that breaks off in the middle is no answer: %s',
  async (cut) => {
    const response = { ok: true, status: 200, json: () => Promise.reject(cut) };
    Object.assign(globalThis, { fetch: () => Promise.resolve(response) });
    await expect(getJson('/api/centre')).rejects.toMatchObject({ code: 'network' });
  },
);
