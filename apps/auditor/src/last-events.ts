import { SubjectNumbers } from '@ceasewatch/domain/history/subject-numbers';

/** Revision and time of the last event of each stream, in some forty bytes each: there may be a million. */
const FIRST_CAPACITY = 1_024;
const NO_REVISION = -1;

export class LastEvents {
  readonly #numbers = new SubjectNumbers();
  #revisions = new Float64Array(FIRST_CAPACITY);
  /** `20260815` and `200010000` of a stored instant: they are in its order. */
  #days = new Uint32Array(FIRST_CAPACITY);
  #clocks = new Uint32Array(FIRST_CAPACITY);

  /**
   * Puts an event after the last one of its stream.
   *
   * @param time a stored instant; before any other where none is known
   * @returns the revision of the last one, -1 where there was none, and its time where the new one is earlier
   */
  follow(
    subject: string,
    revision: number,
    time: string | undefined,
  ): { readonly before: number; readonly laterTime: string | undefined } {
    const known = this.#numbers.length;
    const number = this.#numbers.of(subject);
    this.#grow(number);
    const isNew = number === known;
    const before = isNew ? NO_REVISION : (this.#revisions[number] ?? NO_REVISION);
    const day = time === undefined ? 0 : digits(time, 0, 10);
    const clock = time === undefined ? 0 : digits(time, 11, 23);
    const [lastDay, lastClock] = [this.#days[number] ?? 0, this.#clocks[number] ?? 0];
    const isEarlier = day < lastDay || (day === lastDay && clock < lastClock);
    this.#revisions[number] = revision;
    this.#days[number] = day;
    this.#clocks[number] = clock;
    return { before, laterTime: isEarlier ? written(lastDay, lastClock) : undefined };
  }

  #grow(number: number): void {
    if (number < this.#days.length) return;
    const capacity = this.#days.length * 2;
    const [revisions, days, clocks] = [this.#revisions, this.#days, this.#clocks];
    (this.#revisions = new Float64Array(capacity)).set(revisions);
    (this.#days = new Uint32Array(capacity)).set(days);
    (this.#clocks = new Uint32Array(capacity)).set(clocks);
  }
}

/** The digits of a part of a text as one number. */
function digits(text: string, begin: number, end: number): number {
  let number = 0;
  for (let at = begin; at < end; at += 1) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit >= 0 && digit <= 9) number = number * 10 + digit;
  }
  return number;
}

function written(day: number, clock: number): string {
  const date = String(day)
    .padStart(8, '0')
    .replace(/(....)(..)(..)/, '$1-$2-$3');
  return `${date}T${String(clock)
    .padStart(9, '0')
    .replace(/(..)(..)(..)(...)/, '$1:$2:$3.$4')}Z`;
}
