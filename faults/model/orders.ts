import { seededId } from '@ceasewatch/domain/testing/random';
import { content } from '../../apps/api/test/testing/reports.ts';
import type { Known } from './ledger.ts';

/** A command as it is sent, again and again if need be, and what it makes of its observation. */
export interface Order {
  readonly id: string;
  readonly observation: string;
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** `If-Match`. */
  readonly revision?: number;
  /** Who sends it, where not the officer that a node takes for granted. */
  readonly officer?: string;
  /** The words by which its event is known again, and under which name they are disclosed. */
  readonly says: { readonly name: 'narrative' | 'explanation'; readonly words: string };
  readonly makes: Pick<Known, 'version' | 'revision' | 'status'>;
}

/** Longer than any clock of a test goes back: what was seen is never in the future. */
const SEEN_BEFORE_MS = 72 * 3_600_000;

/** Makes commands that any node with the exercise's cast accepts; the same of the same seed. */
export class Orders {
  readonly #seed: string;
  readonly #begun: number;
  #made = 0;

  /** @param begun the node's clock when it began, milliseconds since 1970 */
  constructor(seed: string, begun: number) {
    this.#seed = seed;
    this.#begun = begun;
  }

  report(): Order {
    const { id, words } = this.#next();
    return {
      id,
      observation: id,
      path: '/api/observations',
      body: { id, ...this.#seen(), narrative: words },
      says: { name: 'narrative', words },
      makes: { version: 1, revision: 0, status: 'recorded' },
    };
  }

  correction(of: Known): Order {
    const { id, words } = this.#next();
    const body = {
      id,
      corrects: of.version,
      reason: 'count_refined',
      content: { ...this.#seen(), narrative: words },
    };
    const makes = {
      version: of.version + 1,
      revision: of.revision + 1,
      status: 'recorded',
    } as const;
    return { ...follow(of, id, 'corrections', body), says: { name: 'narrative', words }, makes };
  }

  /** Takes back what stands, or lets stand again what was taken back. */
  turn(of: Known): Order {
    const { id, words } = this.#next();
    const stands = of.status === 'recorded';
    const body = {
      id,
      ...(stands
        ? { retracts: of.version, reason: 'misidentification' }
        : { reinstates: of.version }),
      explanation: words,
    };
    return {
      ...follow(of, id, stands ? 'retraction' : 'reinstatement', body),
      says: { name: 'explanation', words },
      makes: {
        version: of.version,
        revision: of.revision + 1,
        status: stands ? 'retracted' : 'recorded',
      },
    };
  }

  #next(): { readonly id: string; readonly words: string } {
    this.#made += 1;
    const id = seededId(this.#begun, `${this.#seed}/${this.#made}`);
    return { id, words: `Said ${this.#made}.` };
  }

  #seen(): Record<string, unknown> {
    const from = new Date(this.#begun - SEEN_BEFORE_MS).toISOString();
    return content({ when: { from, precision: 'minute', zone: 'UTC' } });
  }
}

/** The same id, and something else. */
export function otherwise(order: Order): Order {
  const { name } = order.says;
  const said = 'Something else.';
  const content = order.body['content'];
  const body =
    content === undefined ? { [name]: said } : { content: { ...Object(content), [name]: said } };
  return { ...order, body: { ...order.body, ...body } };
}

function follow(of: Known, id: string, what: string, body: Order['body']) {
  const path = `/api/observations/${of.id}/${what}`;
  return { id, observation: of.id, path, body, revision: of.revision };
}
