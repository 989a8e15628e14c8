import { Flaw } from './flaw.ts';
import { CannotRead } from './log-row.ts';

/**
 * A head that an auditor wrote down earlier: the number of an event and the chain there. A log that was
 * rewritten as a whole is consistent with itself and still has another chain.
 */
export interface KeptHead {
  readonly seq: number;
  /** 32 bytes in hexadecimal, upper case. */
  readonly chain: string;
}

const HEAD = /^(0|[1-9]\d{0,14}):([A-Za-z0-9+/_-]{43}=?|[0-9a-fA-F]{64})$/;
const HEX_LENGTH = 64;

/**
 * Reads `seq:hash`, the hash in base64 (as screens and files print it), base64url or hexadecimal.
 *
 * @throws CannotRead
 */
export function readKeptHead(text: string): KeptHead {
  const [, seq, hash] = HEAD.exec(text.trim()) ?? [];
  if (seq === undefined || hash === undefined) {
    throw new CannotRead(`a head is NUMBER:HASH, as the screen prints it: ${text} is not`);
  }
  const chain = Buffer.from(hash, hash.length === HEX_LENGTH ? 'hex' : 'base64');
  return { seq: Number(seq), chain: chain.toString('hex').toUpperCase() };
}

/** Holds the heads that were kept against those that are met on the way. */
export class KeptHeads {
  readonly #bySeq: Map<number, KeptHead[]>;

  constructor(heads: readonly KeptHead[]) {
    this.#bySeq = Map.groupBy(heads, ({ seq }) => seq);
  }

  /** @throws Flaw other_head */
  meet(seq: number, chain: string): void {
    const kept = this.#bySeq.get(seq);
    if (kept === undefined) return;
    this.#bySeq.delete(seq);
    if (kept.every((each) => each.chain === chain)) return;
    throw new Flaw(seq, 'other_head', 'the chain here is not the one that was kept');
  }

  /** Heads of events that the log does not have. */
  beyond(last: number): Flaw | undefined {
    const [seq] = this.#bySeq.keys();
    if (seq === undefined) return undefined;
    return new Flaw(seq, 'other_head', `a head of it was kept, and the log ends at event ${last}`);
  }
}
