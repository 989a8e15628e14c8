import { Readable } from 'node:stream';
import { parentPort } from 'node:worker_threads';
import { observationDecider } from '@ceasewatch/domain/observation/observation.decider';
import { Refusal } from '@ceasewatch/domain/refusal';
import { checkEvent } from '@ceasewatch/domain/upcast';
import { secretSource } from '../event-log/draw-secret.ts';
import { sealData, type SealedData } from '../event-log/seal-event.ts';
import { type CsvRow, readCsv } from './csv-rows.ts';
import { ImportError } from './import-error.ts';
import { chooseLayout } from './known-layouts.ts';
import type { Layout } from './layout.ts';
import { type PackedRow, packRow, parcelOf } from './row-parcel.ts';
import { type IdentifiedRow, readRow, whyOf } from './row-reading.ts';
import { RowKeys } from './row-keys.ts';
import type { Judging, TableNote, TableOrder, TableRow } from './table-reading.ts';

/**
 * Reads a table in a thread of its own, and judges and seals what it finds, so that the main thread only
 * has to give each row its place in the log. It asks for bytes and sends rows as fast as they are used.
 */
/** As many as one transaction of the log takes. */
const ROWS_AT_ONCE = 128;
/**
 * Rows that are put into the order of their ids before they are recorded. Each transaction then changes
 * neighbouring pages of what is kept by id or by time, not a page for each row; some 10 MB.
 */
const WINDOW = 4_096;

const port = parentPort;
if (port === null) throw new Error('a table is read in a thread');
const orders: TableOrder[] = [];
/** Bytes and leave to go on are waited for at the same time. */
let waiting: (() => void)[] = [];
port.on('message', (order: TableOrder) => {
  orders.push(order);
  const woken = waiting;
  waiting = [];
  for (const wake of woken) wake();
});

function tell(note: TableNote): void {
  port?.postMessage(note);
}

/** The next order of a kind; another kind that came first keeps its place. */
async function order<Kind extends TableOrder['kind']>(kind: Kind) {
  for (;;) {
    const at = orders.findIndex((each) => each.kind === kind);
    const [found] = at === -1 ? [] : orders.splice(at, 1);
    if (found !== undefined) return found as Extract<TableOrder, { kind: Kind }>;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
}

async function* bytes(): AsyncGenerator<Uint8Array> {
  for (;;) {
    tell({ kind: 'bytes' });
    const { chunk } = await order('bytes');
    if (chunk === null) return;
    yield chunk;
  }
}

async function read(): Promise<void> {
  const { layout: name, mapping } = await order('begin');
  const { header, rows } = await readCsv(Readable.from(bytes(), { objectMode: false }));
  const layout = chooseLayout(header, { layout: name, mapping });
  tell({ kind: 'layout', name: layout.name, source: layout.source });
  const { judging } = await order('read');
  const keys = new RowKeys();
  const secrets = secretSource();
  let window: PackedRow[] = [];
  try {
    for await (const row of rows) {
      window.push(packRow(rowOf(row, layout, header, keys, judging, secrets)));
      if (window.length < WINDOW) continue;
      await order('more');
      tellWindow(window);
      window = [];
    }
  } finally {
    // Of a file that breaks off, what came before is carried in all the same.
    tellWindow(window);
  }
}

function tellWindow(window: PackedRow[]): void {
  // Equal ids keep the order of the file.
  window.sort((one, other) => compared(one.id, other.id));
  for (let at = 0; at < window.length; at += ROWS_AT_ONCE) {
    const parcel = parcelOf(window.slice(at, at + ROWS_AT_ONCE));
    const endsWindow = at + ROWS_AT_ONCE >= window.length;
    const note: TableNote = { kind: 'rows', parcel, endsWindow };
    port?.postMessage(note, [parcel.secrets.buffer]);
  }
}

function compared(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function rowOf(
  csv: CsvRow,
  layout: Layout,
  header: readonly string[],
  keys: RowKeys,
  judging: Judging | undefined,
  drawSecret: () => Uint8Array,
): TableRow {
  const { row, line } = csv;
  try {
    const reading = readRow(layout, header, keys, csv);
    const sealed = judging && judged(reading, judging, drawSecret);
    const found = { row, line, id: reading.id, isKeyed: reading.key !== undefined };
    return { ...found, reading: () => reading, ...(sealed === undefined ? {} : { sealed }) };
  } catch (error) {
    return { row, line, refused: whyOf(error) };
  }
}

/** Undefined where the rules refuse it: then whoever carries the row finds out why. */
function judged(
  { content }: IdentifiedRow,
  { unit, ...context }: Judging,
  drawSecret: () => Uint8Array,
): SealedData | undefined {
  const body = { ...content, unit, origin: 'external', via: 'import' } as const;
  try {
    const command = { type: 'record', body, context: { ...context } } as const;
    const [event] = observationDecider.decide(observationDecider.initialState, command);
    if (event === undefined) return undefined;
    checkEvent(event);
    return sealData({ ...event.data }, event.disclosed, drawSecret);
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

try {
  await read();
  tell({ kind: 'end' });
} catch (error) {
  if (!(error instanceof ImportError)) throw error;
  const { code, message, line } = error;
  tell({ kind: 'stopped', code, message, line });
}
port.close();
