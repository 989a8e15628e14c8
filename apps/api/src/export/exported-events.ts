import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { isCanonicalJson } from '@ceasewatch/tlog/canonical-json';
import { chainNext, chainStart, sameHash } from '@ceasewatch/tlog/chain';
import type { StoredEvent } from '../event-log/event-log.ts';
import { EventLogError } from '../event-log/event-log-error.ts';
import { digestsOf, storedEvent } from '../event-log/event-row.ts';
import { nativeLeafHash, nativeSha256 } from '../event-log/native-sha256.ts';
import {
  type ExportDisclosed,
  type ExportEnd,
  type ExportHead,
  LOG_EXPORT_FORMAT,
} from './log-export-lines.ts';

/**
 * Reads a whole-log export back (docs/export-format.md) and checks it on the way: bytes, chain, numbers,
 * digests, and at the end its counts and the digest of the file. Nothing is held but one event.
 */
export interface ExportedEvent {
  readonly stored: StoredEvent;
  readonly secret: Uint8Array | undefined;
}

/** No line of ours is longer. */
const MOST_BYTES = 16 * 1024 * 1024;
const ABOUT = '{"export":';

/** @throws EventLogError foreign_log (no export, or not from the first event), log_corrupt */
export async function* exportedEvents(file: string): AsyncGenerator<ExportedEvent, void, void> {
  const reading = new Reading();
  for await (const line of linesOf(file)) {
    const event = reading.take(line);
    if (event !== undefined) yield event;
  }
  reading.finish();
}

/** One pass over the lines; an event is complete when the line after it is there. */
class Reading {
  readonly #digest = createHash('sha256');
  #head: ExportHead | undefined;
  #end: ExportEnd | undefined;
  #chain: Uint8Array = new Uint8Array();
  #seq = -1;
  #held: string | undefined;

  take(line: Buffer): ExportedEvent | undefined {
    if (this.#end !== undefined) throw this.#altered('lines follow the last one');
    const text = line.toString();
    // What is no UTF-8 would otherwise be read as something else than the bytes that were hashed.
    if (Buffer.byteLength(text) !== line.length) throw this.#altered('a line is no UTF-8');
    const about = text.startsWith(ABOUT) ? aboutOf(text) : undefined;
    if (text.startsWith(ABOUT) && about === undefined) throw this.#altered('a line cannot be read');
    if (about?.['export'] === 'end') this.#takeEnd(about);
    else this.#digest.update(line).update('\n');
    if (this.#head === undefined) {
      this.#takeHead(about);
      return undefined;
    }
    const disclosed = about?.['export'] === 'disclosed' ? disclosedOf(about) : undefined;
    if (about?.['export'] === 'disclosed' && disclosed === undefined) {
      throw this.#altered('what it discloses cannot be read');
    }
    const complete = this.#complete(disclosed);
    if (about === undefined) this.#held = text;
    if (about?.['export'] === 'mark') this.#check(about['seq'], about['chain']);
    return complete;
  }

  finish(): void {
    if (this.#head === undefined) throw noExport();
    if (this.#end === undefined) {
      throw this.#altered('the file ends before its last line: the export was interrupted');
    }
    this.#check(this.#end.last, this.#end.chain);
    this.#check(this.#head.to, this.#head.chain);
    if (this.#end.events !== this.#seq + 1) throw this.#altered('events are missing');
    if (this.#digest.digest('hex') !== this.#end.sha256) {
      throw this.#altered('the file is not the one that was written: its digest differs');
    }
  }

  #takeHead(about: Readonly<Record<string, unknown>> | undefined): void {
    if (about?.['export'] !== 'head' || about['format'] !== LOG_EXPORT_FORMAT) throw noExport();
    // A format that is known has these members; what follows holds them against the chain.
    const head = about as Readonly<Record<string, unknown>> & ExportHead;
    if (head.from !== 0) {
      const why = `the export begins with event ${head.from}: a log is made of one that begins with event 0`;
      throw new EventLogError('foreign_log', why);
    }
    this.#head = head;
    this.#chain = chainStart(String(head.log), nativeSha256);
  }

  #takeEnd(about: Readonly<Record<string, unknown>>): void {
    this.#end = about as Readonly<Record<string, unknown>> & ExportEnd;
  }

  #complete(disclosed: ExportDisclosed | undefined): ExportedEvent | undefined {
    const leaf = this.#held;
    if (leaf === undefined) {
      if (disclosed !== undefined) throw this.#altered('something is disclosed of no event');
      return undefined;
    }
    this.#held = undefined;
    const seq = this.#seq + 1;
    if (!isCanonicalJson(leaf)) throw this.#altered('its leaf is not canonical', seq);
    const leafHash = nativeLeafHash(leaf);
    const chain = chainNext(this.#chain, leafHash, nativeSha256);
    const items = disclosed?.items;
    const vault = items?.some((item) => item !== null) === true ? JSON.stringify(items) : null;
    const stored = storedEvent({ seq, leaf, leafHash, chain, vault });
    if (digestsOf(stored.envelope).length !== (items?.length ?? 0)) {
      throw this.#altered('what it discloses is missing, or of another event', seq);
    }
    if (stored.envelope.source !== `urn:ceasewatch:${this.#head?.log}`) {
      throw this.#altered('it is of another log', seq);
    }
    this.#seq = seq;
    this.#chain = chain;
    const secret = disclosed?.secret;
    return { stored, secret: secret === undefined ? undefined : Buffer.from(secret, 'base64') };
  }

  #check(seq: unknown, chain: unknown): void {
    const told = typeof chain === 'string' ? Buffer.from(chain, 'base64') : new Uint8Array();
    if (seq === this.#seq && sameHash(told, this.#chain)) return;
    throw this.#altered(`the chain at event ${this.#seq} is not the one that the export tells`);
  }

  #altered(why: string, seq = Math.max(0, this.#seq)): EventLogError {
    const since = `event ${seq} of the export, or after it`;
    return new EventLogError('log_corrupt', `${since}: ${why}`, { seq });
  }
}

function noExport(): EventLogError {
  return new EventLogError('foreign_log', `this is no export of a log (${LOG_EXPORT_FORMAT})`);
}

function aboutOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return undefined;
  }
}

function disclosedOf(about: Readonly<Record<string, unknown>>): ExportDisclosed | undefined {
  const { items, secret } = about;
  if (!Array.isArray(items) || (secret !== undefined && typeof secret !== 'string'))
    return undefined;
  return about as Readonly<Record<string, unknown>> & ExportDisclosed;
}

/** Lines as they are, without their line feeds. @throws EventLogError log_corrupt */
async function* linesOf(file: string): AsyncGenerator<Buffer, void, void> {
  let rest: Buffer[] = [];
  let length = 0;
  for await (const told of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    let chunk: Buffer = told;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a)) {
      const begin = chunk.subarray(0, end);
      yield rest.length === 0 ? begin : Buffer.concat([...rest, begin]);
      [rest, length] = [[], 0];
      chunk = chunk.subarray(end + 1);
    }
    if (chunk.length === 0) continue;
    rest.push(chunk);
    length += chunk.length;
    if (length > MOST_BYTES) throw noExport();
  }
  if (length === 0) return;
  const why = 'the file ends within a line: the export was interrupted';
  throw new EventLogError('log_corrupt', why);
}
