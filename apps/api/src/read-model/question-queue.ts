import { ReadModelError } from './read-model-error.ts';

interface Pending<Question, Answer> {
  readonly question: Question;
  readonly settle: (end: (pending: Settling<Answer>) => void) => void;
}
interface Settling<Answer> {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Questions before one thread, asked one after the other. Whoever goes takes his question with him, and
 * above a bound nobody is let in: a thread that is too slow says so while it can still catch up.
 */
export class QuestionQueue<Question, Answer> {
  readonly #most: number;
  readonly #post: (question: Question) => void;
  readonly #waiting = new Set<Pending<Question, Answer>>();
  #asked: Pending<Question, Answer> | undefined;

  /** `post` hands a question to the thread, or throws why it cannot be asked. */
  constructor(most: number, post: (question: Question) => void) {
    this.#most = most;
    this.#post = post;
  }

  /** @throws ReadModelError overloaded; the signal's reason */
  ask(question: Question, signal?: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      if (this.#waiting.size >= this.#most) throw overloaded(this.#most);
      const gone = (): void => pending.settle(({ reject: refuse }) => refuse(signal?.reason));
      const pending: Pending<Question, Answer> = {
        question,
        settle: (end) => {
          signal?.removeEventListener('abort', gone);
          this.#waiting.delete(pending);
          end({ resolve, reject });
        },
      };
      signal?.addEventListener('abort', gone, { once: true });
      this.#waiting.add(pending);
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

  #next(): void {
    const [first] = this.#waiting;
    if (this.#asked !== undefined || first === undefined) return;
    this.#waiting.delete(first);
    this.#asked = first;
    try {
      this.#post(first.question);
    } catch (error) {
      this.refuse(error);
    }
  }
}

function overloaded(most: number): ReadModelError {
  return new ReadModelError(
    'overloaded',
    `${most} questions over many rows are waiting already. Ask again a little later.`,
  );
}
