import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { OWNER_ONLY } from '../event-log/data-folder.ts';
import { BackupError } from './backup-error.ts';

/**
 * What a backup is, in a file beside it that is written last: a backup without one was not finished. Its
 * head is worth keeping elsewhere, for whoever alters the backup can alter the manifest too.
 */
const count = z.int().nonnegative();

const backupManifest = z.strictObject({
  format: z.literal('ceasewatch-backup'),
  version: z.literal(1),
  log: z.string(),
  exercise: z.boolean(),
  /** Number of the last event in it. */
  seq: count,
  /** The chain there, base64. */
  chain: z.string(),
  disclosures: z.strictObject({ shown: count, withheld: count, erased: count }),
  /** Of the file beside it. */
  bytes: count,
  /** Hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  takenAt: z.string(),
});
export type BackupManifest = Readonly<z.infer<typeof backupManifest>>;

export function manifestPathOf(file: string): string {
  return `${file}.manifest.json`;
}

export function writeManifest(file: string, manifest: BackupManifest): void {
  const descriptor = openSync(manifestPathOf(file), 'wx', OWNER_ONLY.file);
  try {
    writeSync(descriptor, `${JSON.stringify(manifest, undefined, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** @throws BackupError no_backup */
export function readManifest(file: string): BackupManifest {
  const path = manifestPathOf(file);
  if (!existsSync(file)) throw new BackupError('no_backup', `there is no ${file}`);
  if (!existsSync(path)) {
    throw new BackupError('no_backup', `${path} is missing: this is no finished backup`);
  }
  try {
    return backupManifest.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof z.ZodError)) throw cause;
    throw new BackupError('no_backup', `${path} is no manifest of a backup`, { cause });
  }
}
