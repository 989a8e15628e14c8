import { createHash } from 'node:crypto';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { chainStart } from '@ceasewatch/tlog/chain';
import { disclosingEvent, type EventRow } from '../event-log/event-row.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import { movedEvent } from '../event-log/moved-event.ts';
import { nativeSha256 } from '../event-log/native-sha256.ts';
import type { SqliteLogReader } from '../event-log/sqlite-log-reader.ts';
import { exportDocuments, exportSchemas } from './export-documents.ts';
import {
  type ExportDisclosed,
  type ExportHead,
  exportLine,
  LOG_EXPORT_FORMAT,
  MARK_EVERY,
} from './log-export-lines.ts';

/**
 * A range of the log as text that can be read without this program (docs/export-format.md), piece by
 * piece: an export of any length needs the memory of one. Every leaf is verified on its way out.
 */
export interface LogExportRange {
  readonly from: number;
  readonly to: number;
  readonly asOf: { readonly seq: number; readonly time: string };
  readonly disclosures: 'shown' | 'withheld';
  readonly exportedAt: string;
  readonly exportedBy: ExportHead['exportedBy'];
}

/** Some 350 KB of text: small enough to hold, large enough not to pay for each event. */
const PAGE = 500;
const README =
  'Each line is a JSON object. Lines that begin with {"export": are about this file; the pages that explain everything follow as such lines, the first of them is export-format.md. Every other line is one event, a CloudEvents 1.0 object whose bytes are hashed into a chain.';

/**
 * @throws EventLogError log_corrupt; then what was said before stands, and the end is missing
 */
export function* exportLog(
  reader: SqliteLogReader,
  range: LogExportRange,
): Generator<Buffer, void, void> {
  const digest = createHash('sha256');
  const told = new Tally(range);
  const piece = (text: string): Buffer => {
    const bytes = Buffer.from(text);
    digest.update(bytes);
    return bytes;
  };
  yield piece(introduction(reader, range));
  for (let after = range.from - 1; after < range.to;) {
    const rows = reader.verifiedRows(after, Math.min(PAGE, range.to - after));
    const last = rows.at(-1)?.seq ?? range.to;
    const secrets = reader.secretsOf(after, last);
    after = last;
    let text = '';
    for (const row of rows) text += told.linesOf(row, secrets.get(row.seq));
    yield piece(text);
  }
  yield Buffer.from(told.end(digest.digest('hex')));
}

function introduction(reader: SqliteLogReader, range: LogExportRange): string {
  const { logId, exercise } = reader.identity();
  const chainBefore =
    range.from === 0 ? chainStart(logId, nativeSha256) : chainAt(reader, range.from - 1);
  const { from, to, asOf, disclosures, exportedAt, exportedBy } = range;
  const head: ExportHead = {
    format: LOG_EXPORT_FORMAT,
    readme: README,
    log: logId,
    exercise,
    from,
    to,
    asOf,
    chainBefore: toBase64(chainBefore),
    chain: toBase64(chainAt(reader, to)),
    disclosures,
    exportedAt,
    exportedBy,
  };
  return [
    exportLine('head', head),
    ...exportDocuments().map((document) => exportLine('document', document)),
    ...exportSchemas().map((schema) => exportLine('schema', schema)),
  ].join('');
}

function chainAt(reader: SqliteLogReader, seq: number): Uint8Array {
  const chain = reader.chainAt(seq);
  if (chain !== undefined) return chain;
  throw new EventLogError('log_corrupt', `event ${seq} is missing`, { seq });
}

/** The lines of events, and what the last line says of all of them. */
class Tally {
  readonly #readable: boolean;
  readonly #types = new Map<string, number>();
  readonly #disclosures = { shown: 0, withheld: 0, erased: 0 };
  #events = 0;
  #last: Pick<EventRow, 'seq' | 'chain'>;

  constructor({ from, disclosures }: LogExportRange) {
    this.#readable = disclosures === 'shown';
    this.#last = { seq: from - 1, chain: new Uint8Array() };
  }

  /** @param secret of its vault, where there is one */
  linesOf(row: EventRow, secret: Uint8Array | undefined): string {
    this.#events += 1;
    this.#last = row;
    const type = typeOf(row.leaf);
    this.#types.set(type, (this.#types.get(type) ?? 0) + 1);
    let lines = `${row.leaf}\n`;
    // A quotation mark within a text is escaped, so only the member itself reads so.
    if (row.vault !== null || row.leaf.includes('"_sd":[')) {
      lines += exportLine('disclosed', this.#disclosed(row, secret));
    }
    if ((row.seq + 1) % MARK_EVERY === 0) {
      lines += exportLine('mark', { seq: row.seq, chain: toBase64(row.chain) });
    }
    return lines;
  }

  end(sha256: string): string {
    return exportLine('end', {
      events: this.#events,
      last: this.#last.seq,
      chain: toBase64(this.#last.chain),
      disclosures: this.#disclosures,
      types: Object.fromEntries([...this.#types].sort(([a], [b]) => (a < b ? -1 : 1))),
      sha256,
    });
  }

  #disclosed(row: EventRow, secret: Uint8Array | undefined): ExportDisclosed {
    const stored = disclosingEvent(row);
    const { vault } = movedEvent(stored, secret);
    const known = vault?.disclosures ?? Object.keys(stored.disclosed).map(() => null);
    const items = known.map((item) => (typeof item === 'string' && !this.#readable ? null : item));
    for (const item of items) this.#disclosures[stateOf(item)] += 1;
    const whole = secret !== undefined && items.every((item) => typeof item === 'string');
    return {
      seq: row.seq,
      id: stored.envelope.id,
      items,
      ...(whole ? { secret: toBase64(secret) } : {}),
    };
  }
}

function stateOf(item: ExportDisclosed['items'][number]): 'shown' | 'withheld' | 'erased' {
  if (item === null) return 'withheld';
  return typeof item === 'string' ? 'shown' : 'erased';
}

/** Canonical members stand in their order, and of an envelope `type` is the last. */
function typeOf(leaf: string): string {
  return leaf.slice(leaf.lastIndexOf('"type":"') + '"type":"'.length, -2);
}
