import { describe, expect, it } from '@jest/globals';
import { randomOf } from '../testing/random.ts';
import { SubjectNumbers } from './subject-numbers.ts';

describe('the numbers of subjects', () => {
  it('are those of a map of texts, for any that are met, in any order', () => {
    const random = randomOf('subjects');
    const hex = (length: number) =>
      Array.from({ length }, () => random.whole(0, 15).toString(16)).join('');
    const subjects = Array.from({ length: 6_000 }, (_, n) => {
      const noun = n % 7 === 0 ? 'centre' : 'observation';
      if (n % 500 === 0) return `${noun}/${'-'.repeat(n / 500)}${hex(24)}`;
      const id = n % 2 === 0 ? `019aa9c0-0000-7000-8000-${hex(12)}` : undefined;
      return `${noun}/${id ?? `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`}`;
    });
    const twins = subjects.map((subject) => subject.replace('observation/', 'centre/'));
    const known = new Map<string, number>();
    const numbers = new SubjectNumbers();
    for (let turn = 0; turn < 20_000; turn += 1) {
      const among = turn % 3 === 0 ? twins : subjects;
      const subject = among[random.whole(0, among.length - 1)] ?? '';
      const number = known.get(subject) ?? known.size;
      known.set(subject, number);
      expect(numbers.of(subject)).toBe(number);
    }
    expect(numbers.length).toBe(known.size);
  });
});
