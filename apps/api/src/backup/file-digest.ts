import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { OWNER_ONLY } from '../event-log/data-folder.ts';

const CHUNK = 1_048_576;

export interface FileDigest {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** Reads a file from its beginning to its end. */
export function digestOfFile(file: string): FileDigest {
  return digested(file, () => undefined);
}

/** Copies a file into a new one that only its owner may read, and syncs it; digests what was copied. */
export function copyDigested(file: string, to: string): FileDigest {
  const target = openSync(to, 'wx', OWNER_ONLY.file);
  try {
    const digest = digested(file, (chunk) => writeWhole(target, chunk));
    fsyncSync(target);
    return digest;
  } finally {
    closeSync(target);
  }
}

function digested(file: string, each: (chunk: Uint8Array) => void): FileDigest {
  const source = openSync(file, 'r');
  try {
    const hash = createHash('sha256');
    const buffer = new Uint8Array(CHUNK);
    let bytes = 0;
    for (;;) {
      const read = readSync(source, buffer);
      if (read === 0) return { bytes, sha256: hash.digest('hex') };
      const chunk = buffer.subarray(0, read);
      hash.update(chunk);
      each(chunk);
      bytes += read;
    }
  } finally {
    closeSync(source);
  }
}

function writeWhole(target: number, chunk: Uint8Array): void {
  for (let at = 0; at < chunk.length;) at += writeSync(target, chunk, at);
}

/** What was written or renamed in a folder, or a file, lies on the disk afterwards. */
export function syncPath(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
