import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '@ceasewatch/domain/testing/random';
import type { Call } from './trace.ts';

/**
 * A disk that keeps what was synced and nothing else for certain. When the power fails, each write that
 * was not synced is there, or not, or in part: cut at the borders of its sectors.
 */
const SECTOR = 512;
type Change = Extract<Call, { kind: 'write' | 'truncate' }>;

interface DiskFile {
  synced: Buffer;
  unsynced: Change[];
}

export class Disk {
  readonly #files = new Map<string, DiskFile>();

  apply(call: Exclude<Call, { kind: 'promise' }>): void {
    if (call.kind === 'remove') {
      this.#files.delete(call.file);
      return;
    }
    const file = this.#file(call.file);
    if (call.kind !== 'sync') {
      file.unsynced.push(call);
      return;
    }
    for (const change of file.unsynced) file.synced = changed(file.synced, change);
    file.unsynced = [];
  }

  hasUnsynced(name: string): boolean {
    return this.#file(name).unsynced.length > 0;
  }

  /** What a machine finds that starts after the power came back. */
  writeAfterCut(folder: string, random: Random): void {
    mkdirSync(folder, { recursive: true });
    // At some cuts nothing more arrived, at some everything, at most something.
    const survives = random.next();
    for (const [name, { synced, unsynced }] of this.#files) {
      let content: Buffer = Buffer.from(synced);
      for (const change of unsynced) {
        if (!random.chance(survives)) continue;
        content = random.chance(0.3) ? torn(content, change, random) : changed(content, change);
      }
      writeFileSync(join(folder, name), content);
    }
  }

  #file(name: string): DiskFile {
    const file = this.#files.get(name) ?? { synced: Buffer.alloc(0), unsynced: [] };
    this.#files.set(name, file);
    return file;
  }
}

function changed(content: Buffer, change: Change): Buffer {
  if (change.kind === 'truncate') return resized(content, change.size);
  const { at, bytes } = change;
  const grown = at + bytes.length > content.length ? resized(content, at + bytes.length) : content;
  bytes.copy(grown, at);
  return grown;
}

/** Some sectors of a write, in no order. */
function torn(content: Buffer, change: Change, random: Random): Buffer {
  if (change.kind === 'truncate') return content;
  const { file, at, bytes } = change;
  let result = content;
  for (let from = 0; from < bytes.length; from += SECTOR - ((at + from) % SECTOR)) {
    const until = from + SECTOR - ((at + from) % SECTOR);
    if (random.chance(0.5)) continue;
    const sector = bytes.subarray(from, until);
    result = changed(result, { kind: 'write', file, at: at + from, bytes: sector });
  }
  return result;
}

function resized(content: Buffer, size: number): Buffer {
  const result = Buffer.alloc(size);
  content.copy(result);
  return result;
}
