import { expect, test } from '@jest/globals';
import { Places } from './places.ts';
import { RequestError } from './request-error.ts';

test('as many as there are places, and a place is free again however it was left', async () => {
  const places = new Places(
    2,
    () => new RequestError('overloaded', 'too_many', 'Two are here.', 5),
  );
  const ends: (() => void)[] = [];
  const held = () => new Promise<string>((resolve) => ends.push(() => resolve('done')));
  const first = places.hold(held);
  const second = places.hold(() => held().then(() => Promise.reject(new Error('broke off'))));
  expect(places.taken).toBe(2);
  await expect(places.hold(held)).rejects.toMatchObject({ reason: 'too_many', retryAfterS: 5 });
  expect([ends.length, places.refused]).toEqual([2, 1]);
  for (const end of ends) end();
  await expect(first).resolves.toBe('done');
  await expect(second).rejects.toThrow('broke off');
  expect(places.taken).toBe(0);
});
