import { ReadModelError } from './read-model-error.ts';

interface Pending<Question, Answer> {
  readonly question: Question;
  readonly weight: number;
  readonly settle: (end: (pending: Settling<Answer>) => void) => void;
}
interface Settling<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

export interface Waiting {
  readonly length: number;
  readonly limit: number;
}

/**
 * Questions before one thread, asked one after the other. Whoever goes takes his question with him, and
 * above a bound nobody is let in: a thread that is too slow says so while it can still catch up.
 */
export class QuestionQueue<Question, Answer> {
  readonly #most: number;
  readonly #post: (question: Question) => void;
  readonly #weigh: (question: Question) => number;
  readonly #waiting = new Set<Pending<Question, Answer>>();
  #asked: Pending<Question, Answer> | undefined;
  /** Of all that wait. */
  #weight = 0;

  /**
   * `post` hands a question to the thread, or throws why it cannot be asked.
   *
   * @param most the weight of all that may wait
   * @param weigh a question beside an ordinary one
   */
  constructor(
    most: number,
    post: (question: Question) => void,
    weigh: (question: Question) => number = () => 1,
  ) {
    this.#most = most;
    this.#post = post;
    this.#weigh = weigh;
  }

  /** How much waits, and how much may: one for an ordinary question. */
  get waiting(): Waiting {
    return { length: this.#weight, limit: this.#most };
  }

  /** @throws ReadModelError overloaded; the signal's reason */
  ask(question: Question, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#weight >= this.#most) throw overloaded(this.#waiting.size);
      const gone = (): void => pending.settle(({ reject: refuse }) => refuse(signal?.reason));
      const pending: Pending<Question, Answer> = {
        question,
        weight: this.#weigh(question),
        settle: (end) => {
          signal?.removeEventListener('abort', gone);
          this.#leave(pending);
          end({ resolve, reject });
        },
      };
      signal?.addEventListener('abort', gone, { once: true });
      this.#waiting.add(pending);
      this.#weight += pending.weight;
      this.#next();
    });
  }

  /** The thread has answered what it was asked last. */
  answer(answer: Answer): void {
    this.#take()?.settle(({ resolve }) => resolve(answer));
    this.#next();
  }

  /** The thread cannot answer what it was asked last. */
  refuse(error: unknown): void {
    this.#take()?.settle(({ reject }) => reject(error));
    this.#next();
  }

  /** The thread is gone. */
  refuseAll(error: unknown): void {
    const all = [this.#take(), ...this.#waiting];
    for (const pending of all) pending?.settle(({ reject }) => reject(error));
  }

  #take(): Pending<Question, Answer> | undefined {
    const asked = this.#asked;
    this.#asked = undefined;
    return asked;
  }

  #leave(pending: Pending<Question, Answer>): void {
    if (this.#waiting.delete(pending)) this.#weight -= pending.weight;
  }

  #next(): void {
    const [first] = this.#waiting;
    if (this.#asked !== undefined || first === undefined) return;
    this.#leave(first);
    this.#asked = first;
    try {
      this.#post(first.question);
    } catch (error) {
      this.refuse(error);
    }
  }
}

export function overloaded(waiting: number): ReadModelError {
  return new ReadModelError(
    'overloaded',
    `${waiting} questions over many rows are waiting already. Ask again a little later.`,
  );
}
