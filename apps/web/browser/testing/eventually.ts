/**
 * Asks again until the answer is right, and resolves with it. A test that waits in vain fails with the
 * last answer.
 */
export async function eventually<Answer>(
  ask: () => Promise<Answer>,
  isRight: (answer: Answer) => boolean,
  withinMs = 60_000,
): Promise<Answer> {
  const patience = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (performance.now() > patience) {
      throw new Error(
        `still ${JSON.stringify(answer)} after ${withinMs} ms, not so: ${isRight.toString()}`,
      );
    }
    await new Promise((resume) => setTimeout(resume, 25));
  }
}
