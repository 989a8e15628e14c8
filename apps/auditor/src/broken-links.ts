import { Flaw } from './flaw.ts';
import type { LogRow } from './log-row.ts';
import { chainAfter } from './verify-bytes.ts';

/** An event that does not follow the one before it: the chain there, and what it has itself. */
interface BrokenLink extends Pick<LogRow, 'seq' | 'leafHash' | 'chain'> {
  readonly flaw: Flaw;
  readonly before: string;
}

/** Each is tried with each. */
const MOST_HELD = 64;

/**
 * Where the chain does not hold, held until the end of the walk: two events that stand in each other's place
 * are proven by the chain itself, which goes on through the one where the other is. Such a pair is one flaw,
 * and what is broken only because of it is none.
 */
export class BrokenLinks {
  readonly #held: BrokenLink[] = [];

  get isEmpty(): boolean {
    return this.#held.length === 0;
  }

  /** @returns whether it is told of at the end */
  hold(flaw: Flaw, { seq, leafHash, chain }: LogRow, before: string | undefined): boolean {
    if (before === undefined || this.#held.length === MOST_HELD) return false;
    this.#held.push({ flaw, seq, leafHash, chain, before });
    return true;
  }

  /** What is to be told of all that was held. */
  flaws(): readonly Flaw[] {
    const explained = new Set<BrokenLink>();
    const swapped: Flaw[] = [];
    for (const one of this.#held) {
      const other = this.#held.find((each) => each.seq > one.seq && areSwapped(one, each));
      if (other === undefined || explained.has(one) || explained.has(other)) continue;
      const why = `it and event ${other.seq} stand in each other's place`;
      swapped.push(new Flaw(one.seq, 'swapped', why));
      for (const each of [one, other, ...this.#followers(one, other)]) explained.add(each);
    }
    const rest = this.#held.filter((each) => !explained.has(each));
    return [...swapped, ...rest.map(({ flaw }) => flaw)];
  }

  /** Those that follow what stood there before the two were swapped together with their chains. */
  #followers(one: BrokenLink, other: BrokenLink): readonly BrokenLink[] {
    return this.#held.filter(({ seq, leafHash, chain }) => {
      if (seq === one.seq + 1) return chainAfter(other.chain, leafHash) === chain;
      return seq === other.seq + 1 && chainAfter(one.chain, leafHash) === chain;
    });
  }
}

/** With the chain left where it was, or taken along. */
function areSwapped(one: BrokenLink, other: BrokenLink): boolean {
  const first = chainAfter(one.before, other.leafHash);
  if (first === one.chain) return chainAfter(other.before, one.leafHash) === other.chain;
  if (first !== other.chain) return false;
  const before = other.seq === one.seq + 1 ? other.chain : other.before;
  return chainAfter(before, one.leafHash) === one.chain;
}
