import type { Envelope } from '@ceasewatch/domain/recorded-event';
import { hash } from 'node:crypto';
import { readDisclosure } from '@ceasewatch/tlog/disclosure';
import { eventIdBytes, isEventId } from '@ceasewatch/tlog/event-id';
import { TlogError } from '@ceasewatch/tlog/tlog-error';
import { Flaw } from './flaw.ts';
import type { LogOrigin, LogRow } from './log-row.ts';
import { NativeSalt } from './native-salt.ts';

/**
 * What the vault says, held against what the leaves say: a shown disclosure proves itself against its
 * digest, an erased one needs an event that says so, and what an event calls erased must be gone. An
 * embedded log withholds nothing from its own vault: what is in neither state has been taken away. The
 * copy of a cluster's node may never have had it.
 */
export class Vault {
  readonly #origin: LogOrigin;
  readonly #salt = new NativeSalt();
  /** `<event id> <digest>` → number of the event: erased in the vault, not yet by an event. */
  readonly #erased = new Map<string, number>();
  readonly counts = { shown: 0, withheld: 0, erased: 0 };

  constructor(origin: LogOrigin) {
    this.#origin = origin;
  }

  check(row: LogRow, envelope: Envelope): void {
    const digests = digestsIn(row.seq, envelope);
    if (digests.length === 0 && row.disclosures !== null)
      throw new Flaw(row.seq, 'stray_disclosure', 'its leaf discloses nothing');
    if (row.disclosures !== null) this.#checkRow(row, envelope.id, digests);
    else this.#isWithheld(row.seq, digests.length);
    if (envelope.type === 'disclosure.erased.v1') this.#checkErasure(row.seq, envelope);
  }

  /** At the end: everything that is gone was erased by an event. */
  unexplained(): readonly Flaw[] {
    const events = [...new Set(this.#erased.values())].sort((a, b) => a - b);
    const why = 'a disclosure is gone and no event says so';
    return events.map((seq) => new Flaw(seq, 'erased_without_event', why));
  }

  #checkRow(row: LogRow, eventId: string, digests: readonly string[]): void {
    const items = itemsOf(row);
    if (items.length !== digests.length) {
      throw missing(row.seq);
    }
    // It goes with the first of them that is erased, and with nothing else.
    const isWhole = items.length > 0 && items.every((item) => typeof item === 'string');
    if (isWhole && row.secret === null && !this.#origin.mayWithhold)
      throw new Flaw(row.seq, 'disclosure_missing', 'the secret of its disclosures is gone');
    items.forEach((item, at) => {
      const digest = digests[at] ?? '';
      if (typeof item === 'string') {
        this.#checkDisclosure(row, item, digest);
        this.counts.shown += 1;
      } else if (item === null) {
        this.#isWithheld(row.seq, 1);
      } else {
        this.#erased.set(`${eventId} ${digest}`, row.seq);
        this.counts.erased += 1;
      }
    });
  }

  #checkDisclosure({ seq, secret }: LogRow, disclosure: string, digest: string): void {
    if (digestOf(disclosure) !== digest) {
      throw new Flaw(
        seq,
        'disclosure_altered',
        'a disclosure does not have the digest of the leaf',
      );
    }
    if (this.#isOpenedBy(secret, disclosure)) return;
    throw new Flaw(
      seq,
      'disclosure_altered',
      'a disclosure cannot be opened with the secret of its event',
    );
  }

  /** With an altered secret a retry would make other digests of the same words. */
  #isOpenedBy(secret: string | null, disclosure: string): boolean {
    try {
      const { salt, name } = readDisclosure(disclosure);
      if (secret === null) return true;
      return Buffer.from(salt).toString('hex').toUpperCase() === this.#salt.of(secret, name);
    } catch (error) {
      if (error instanceof TlogError) return false;
      throw error;
    }
  }

  #isWithheld(seq: number, disclosures: number): void {
    if (disclosures > 0 && !this.#origin.mayWithhold) throw missing(seq);
    this.counts.withheld += disclosures;
  }

  #checkErasure(seq: number, { data }: Envelope): void {
    const { event, digests } = data;
    if (typeof event !== 'string' || !isEventId(event) || !Array.isArray(digests)) {
      throw noSuchErasure(seq);
    }
    for (const digest of digests.map(String)) this.#erased.delete(`${event} ${digest}`);
    if (this.#origin.rowById === undefined) return;
    const row = this.#origin.rowById(eventIdBytes(event));
    if (row === undefined) throw noSuchErasure(seq);
    const there = row.disclosures === null ? [] : itemsOf(row);
    const shown = there.filter((item) => typeof item === 'string').map((item) => digestOf(item));
    if (
      shown.some((digest) => digests.includes(digest)) ||
      (there.length > 0 && row.secret !== null)
    ) {
      throw new Flaw(row.seq, 'erased_but_there', `event ${seq} says that it was erased`);
    }
  }
}

function noSuchErasure(seq: number): Flaw {
  return new Flaw(
    seq,
    'malformed_envelope',
    'an erasure names an event of this log and its digests',
  );
}

/** The digests of a leaf: texts, sorted, none twice. */
export function digestsIn(seq: number, { data }: Envelope): readonly string[] {
  const digests = data['_sd'];
  if (digests === undefined) return [];
  if (Array.isArray(digests) && digests.length > 0 && areSortedTexts(digests)) return digests;
  throw new Flaw(seq, 'malformed_envelope', 'data._sd: must be digests, sorted');
}

type Item = string | null | object;

function itemsOf({ seq, disclosures }: LogRow): readonly Item[] {
  try {
    const items: unknown = JSON.parse(disclosures ?? '[]');
    if (Array.isArray(items)) return items.filter((item) => isItem(item));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new Flaw(seq, 'disclosure_altered', 'the vault holds no list of disclosures');
}

function missing(seq: number): Flaw {
  return new Flaw(seq, 'disclosure_missing', 'the vault does not match the digests of the leaf');
}

function isItem(item: unknown): item is Item {
  return typeof item === 'string' || typeof item === 'object';
}

/** `digestOf` of the format, by OpenSSL from the text at once. */
function digestOf(disclosure: string): string {
  return hash('sha256', disclosure, 'base64url');
}

function areSortedTexts(digests: readonly unknown[]): digests is readonly string[] {
  return digests.every((each, at) => {
    const before = digests[at - 1] ?? '';
    return typeof each === 'string' && typeof before === 'string' && before < each;
  });
}
