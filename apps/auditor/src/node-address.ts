import { streamOf } from '@ceasewatch/domain/recorded-event';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import { z } from 'zod';
import { Flaw } from './flaw.ts';
import { CannotRead, idLetters, type LogOrigin, type LogRow, messageOf } from './log-row.ts';
import { type Against, type VerifiedLog, Walk } from './verify-log.ts';

/**
 * The log of a running node through its public door, so that an auditor needs neither its folder nor its
 * program: pages of `GET /api/events`, up to the head that it had at the beginning. What a leaf says is made
 * its canonical bytes here, and only the bytes that were hashed have their hash.
 */
const PAGE = 500;
/** Of one answer; a node that is busy is waited for. */
const PATIENCE_MS = 60_000;
const AGAIN_MS = 1_000;
const MOST_ATTEMPTS = 30;

const logSchema = z.object({
  asOf: z.int(),
  store: z.object({ kind: z.enum(['sqlite', 'eventstoredb']) }),
});

const disclosedSchema = z.object({
  state: z.enum(['shown', 'withheld', 'erased']),
  digest: z.string().optional(),
  disclosure: z.string().optional(),
});

const pageSchema = z.object({
  items: z.array(
    z.object({
      seq: z.int(),
      envelope: z
        .object({
          id: z.string(),
          subject: z.string(),
          revision: z.int(),
          data: z.record(z.string(), z.unknown()),
        })
        .loose(),
      disclosed: z.record(z.string(), disclosedSchema),
      leafHash: z.string(),
      chain: z.string(),
    }),
  ),
  damagedFrom: z.int().optional(),
});
type Item = z.infer<typeof pageSchema>['items'][number];

export class NodeAddress {
  readonly #address: URL;

  /** @throws CannotRead */
  constructor(address: string) {
    try {
      this.#address = new URL(address.endsWith('/') ? address : `${address}/`);
    } catch (cause) {
      throw new CannotRead(`${address} is no address: http://localhost:3000`, { cause });
    }
  }

  /**
   * @param progress told the last event and how many there are
   * @throws CannotRead where the node does not answer, or not as a node does
   */
  async verify(
    against: Against,
    progress: (seq: number, last: number) => void,
  ): Promise<VerifiedLog> {
    const { asOf, store } = await this.#get('api/log', logSchema);
    const origin: LogOrigin = { severalNodes: store.kind === 'eventstoredb', mayWithhold: true };
    const walk = new Walk(origin, against);
    while (walk.next <= asOf) {
      const page = await this.#page(walk.next - 1, asOf);
      page.items.map(rowOf).forEach((row) => walk.step(row));
      progress(walk.next - 1, asOf);
      if (page.items.length === 0 || page.damagedFrom !== undefined) break;
    }
    if (walk.next <= asOf) {
      walk.tell(new Flaw(walk.next, 'unreadable', 'the node itself says that it cannot be read'));
    }
    return walk.end();
  }

  #page(after: number, asOf: number): Promise<z.infer<typeof pageSchema>> {
    return this.#get(`api/events?after=${after}&limit=${PAGE}&asOf=${asOf}`, pageSchema);
  }

  async #get<Answer>(path: string, schema: z.ZodType<Answer>): Promise<Answer> {
    const url = new URL(path, this.#address);
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.#fetched(url);
      if (answer.ok) return this.#understood(url, await answer.text(), schema);
      const { code } = problemIn(await answer.text());
      // A page that begins at the damage: the log ends here for whoever asks.
      if (code === 'log_damaged') return schema.parse({ items: [], damagedFrom: 0 });
      if (answer.status !== 429 || attempt === MOST_ATTEMPTS) {
        throw new CannotRead(`${url.href} answers ${answer.status} ${code ?? ''}`);
      }
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  async #fetched(url: URL): Promise<Response> {
    try {
      return await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (cause) {
      throw new CannotRead(`${url.origin} does not answer: ${messageOf(cause)}`, { cause });
    }
  }

  #understood<Answer>(url: URL, text: string, schema: z.ZodType<Answer>): Answer {
    try {
      return schema.parse(JSON.parse(text));
    } catch (cause) {
      if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
      throw new CannotRead(`${url.href} does not answer as a node does`, { cause });
    }
  }
}

function problemIn(text: string): { readonly code?: string | undefined } {
  const problem = z.object({ code: z.string().optional() }).safeParse(parsed(text));
  return problem.success ? problem.data : {};
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A row as a file would have it; what it is filed under is not told, so it is where it says. */
function rowOf({ seq, envelope, disclosed, leafHash, chain }: Item): LogRow {
  return {
    seq,
    stream: streamOf(envelope.subject),
    revision: envelope.revision,
    eventId: idLetters(envelope.id),
    leaf: canonicalJson(envelope),
    leafHash: hexOf(leafHash),
    chain: hexOf(chain),
    secret: null,
    disclosures: disclosuresOf(envelope.data['_sd'], disclosed),
  };
}

function hexOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('hex').toUpperCase();
}

/** In the order of the digests, as a vault keeps them. */
function disclosuresOf(digests: unknown, disclosed: Item['disclosed']): string | null {
  if (!Array.isArray(digests)) return null;
  const told = Object.entries(disclosed);
  return JSON.stringify(
    digests.map((digest) => {
      const [name, each] = told.find(([, { digest: of }]) => of === digest) ?? [];
      if (each?.state === 'erased') return { erased: name };
      return each?.disclosure ?? null;
    }),
  );
}
