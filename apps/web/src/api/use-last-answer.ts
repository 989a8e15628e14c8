import { useState } from 'react';

/** An answer and when it came, in milliseconds by this device's clock. */
export interface LastAnswer<Answer> {
  readonly answer: Answer;
  readonly answeredAt: number;
}

/**
 * The last good answer to a question that is asked again and again: it stays while the next asking is on
 * its way or has failed, and never stands for another question.
 *
 * @param question what is asked, without the moment at which it is asked
 */
export function useLastAnswer<Answer>(
  question: string,
  answer: Answer | undefined,
  answeredAt: number,
): LastAnswer<Answer> | null {
  const [kept, setKept] = useState<(LastAnswer<Answer> & { readonly question: string }) | null>(
    null,
  );
  if (answer === undefined) return kept?.question === question ? kept : null;
  if (kept?.question === question && kept.answer === answer && kept.answeredAt === answeredAt)
    return kept;
  const last = { question, answer, answeredAt };
  setKept(last);
  return last;
}
