import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { validateEvent } from '@ceasewatch/domain/upcast';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import { importLog } from '../../apps/api/src/export/import-log.ts';
import { LogFile } from '../../apps/auditor/src/log-file.ts';
import { verifyLog } from '../../apps/auditor/src/verify-log.ts';
import { builtRows, differenceOf, logIn, type ReadLog } from '../rows/built-rows.ts';

/**
 * Whole-log exports as releases of the product wrote them, with every event type of their time. They are
 * added and never made anew: what a release wrote must be read by every later one.
 */
export interface GoldenLog {
  /** `2026-11` lies beside this file as `2026-11.ndjson.gz`. */
  readonly name: string;
  readonly events: number;
  /** After the last event, base64: what the release hashed. */
  readonly chain: string;
  /**
   * SHA-256 of every event as it is read today, base64. An upcaster may change what is read of old events:
   * then this is changed with it, on purpose.
   */
  readonly readings: string;
}

export const GOLDEN_LOGS: readonly GoldenLog[] = [
  {
    name: '2026-11',
    events: 211,
    chain: 'nBXdvDmwHCRrw1+ulcbC3Cif8Fh6zUNXbMtqGuxvgPQ=',
    readings: '8u32Nr936Cnst1DFlVL2AnZJlFS1/+3q20L77XLZn0I=',
  },
];

export interface Replayed {
  /** Why the log is not what its release wrote; undefined where it is. */
  readonly why: string | undefined;
  readonly events: number;
  readonly types: ReadonlySet<string>;
}

/** Reads the export into an empty log, verifies that from its first event to its last, and makes rows of it. */
export async function replayed(golden: GoldenLog): Promise<Replayed> {
  const folder = mkdtempSync(join(tmpdir(), 'ceasewatch-golden-'));
  try {
    const exported = join(folder, 'export.ndjson');
    await pipeline(
      createReadStream(join(import.meta.dirname, `${golden.name}.ndjson.gz`)),
      createGunzip(),
      createWriteStream(exported),
    );
    const log = join(folder, 'log');
    const { head } = await importLog(exported, { kind: 'folder', folder: log }, () => undefined);
    const read = logIn(log);
    const found = {
      events: read.events.length,
      chain: toBase64(head.chain),
      readings: digestOfReadings(read),
    };
    return {
      why: flawIn(log) ?? difference(golden, found) ?? differenceOfRows(read),
      events: found.events,
      types: new Set(read.events.map(({ envelope }) => envelope.type)),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function flawIn(log: string): string | undefined {
  const [flaw] = verifyLog(new LogFile(log)).flaws.first;
  return flaw && `event ${flaw.seq} has the flaw ${flaw.kind}: ${flaw.message}`;
}

function difference(golden: GoldenLog, found: Omit<GoldenLog, 'name'>): string | undefined {
  const what = (['events', 'chain', 'readings'] as const).find(
    (each) => found[each] !== golden[each],
  );
  return what && `${golden.name} has ${what} ${found[what]} and had ${golden[what]}`;
}

/** As a node that is up makes them and as a rebuild does: whatever it cannot make throws. */
function differenceOfRows(read: ReadLog): string | undefined {
  return differenceOf(builtRows(read, 1, 'live'), builtRows(read, 1_000, 'bulk'));
}

function digestOfReadings({ events }: ReadLog): string {
  const digest = createHash('sha256');
  for (const event of events)
    digest.update(canonicalJson({ ...validateEvent(event) })).update('\n');
  return digest.digest('base64');
}
