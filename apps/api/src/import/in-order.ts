/**
 * Other work gets its turn after so many items, because what is awaited here is mostly there already and
 * never waits. Counted, not timed: as many rows fill one commit of the log, on a busy machine too.
 */
const ITEMS_A_TURN = 64;

/**
 * Works on many items at once and yields the results in the order of the items. What was begun is
 * always finished and told before a failure is thrown, be it of the items or of the work: a row that
 * is in the log must not be missing from the answer.
 */
export async function* inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Settled<Result>>[] = [];
  let broken: Failure | undefined;
  let begun = 0;
  try {
    for await (const item of items) {
      if (begun % ITEMS_A_TURN === ITEMS_A_TURN - 1) await turn();
      begun += 1;
      // A failure waits for its turn: thrown here, it would be nobody's and end the process.
      underWay.push(
        work(item).then(
          (result) => ({ result }),
          (failure: unknown) => ({ failure }),
        ),
      );
      if (underWay.length >= atOnce) yield resultOf(await underWay.shift());
    }
  } catch (failure) {
    broken = { failure };
  }
  for (const settling of underWay) {
    const settled = await settling;
    if ('result' in settled) yield settled.result;
    else broken ??= settled;
  }
  if (broken !== undefined) throw broken.failure;
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

interface Failure {
  readonly failure: unknown;
}
type Settled<Result> = { readonly result: Result } | Failure;

function resultOf<Result>(settled: Settled<Result> | undefined): Result {
  if (settled !== undefined && 'result' in settled) return settled.result;
  throw settled?.failure;
}
