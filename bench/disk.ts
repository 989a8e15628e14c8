import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for one round, on the disk that is measured; `TMPDIR` chooses another. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), 'ceasewatch-bench-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true });
}

/** How often per second this disk syncs a growing file: the limit of lone durable appends. */
export async function fdatasyncRate(times = 500): Promise<number> {
  const folder = freshFolder();
  const file = openSync(join(folder, 'probe'), 'w');
  const page = Buffer.alloc(4_096, 1);
  const began = performance.now();
  for (let n = 0; n < times; n += 1) {
    writeSync(file, page);
    fdatasyncSync(file);
  }
  const seconds = (performance.now() - began) / 1_000;
  closeSync(file);
  removeFolder(folder);
  return times / seconds;
}
