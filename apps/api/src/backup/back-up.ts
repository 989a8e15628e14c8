import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { hasCode } from '../error-code.ts';
import { COPY_FILE, kindOfLogIn, LOG_FILE, OWNER_ONLY } from '../event-log/data-folder.ts';
import { openForReading } from '../event-log/sqlite-connection.ts';
import { BackupError } from './backup-error.ts';
import { type BackupManifest, manifestPathOf, writeManifest } from './backup-manifest.ts';
import { digestOfFile, syncPath } from './file-digest.ts';
import { soundLog } from './sound-log.ts';

/**
 * A backup of the log and its vault while the node works: SQLite writes everything as of one moment into
 * a new file, in one reading transaction that stands in nobody's way; then that file is verified as a
 * stranger would, and its manifest says what it is. The read model is not in it: it follows from the log.
 *
 * @param now RFC 3339
 * @throws BackupError no_log, in_a_store, there_already, damaged
 */
export function backUp(
  folder: string,
  file: string,
  now: string,
  onProgress: (seq: number) => void = () => undefined,
): BackupManifest {
  checkFolder(folder);
  reserve(file);
  try {
    copyAsOfNow(join(folder, LOG_FILE), file);
    syncPath(file);
    const { identity, last, chain, disclosures } = soundLog(file, onProgress);
    const manifest: BackupManifest = {
      format: 'ceasewatch-backup',
      version: 1,
      log: identity.logId,
      exercise: identity.exercise,
      seq: last,
      chain: toBase64(chain),
      disclosures: { ...disclosures },
      ...digestOfFile(file),
      takenAt: now,
    };
    writeManifest(file, manifest);
    syncPath(dirname(file));
    return manifest;
  } catch (error) {
    for (const path of [file, `${file}-journal`, manifestPathOf(file)]) {
      rmSync(path, { force: true });
    }
    throw error;
  }
}

function checkFolder(folder: string): void {
  const kind = kindOfLogIn(folder);
  if (kind === undefined) throw new BackupError('no_log', `there is no log in ${folder}`);
  if (kind !== COPY_FILE) return;
  throw new BackupError(
    'in_a_store',
    `the log of ${folder} is in a store, and this is only a node's copy of it. Copy the store: npm run copy-log -- --from store --to FOLDER`,
  );
}

/** An empty file of that name, which SQLite then fills; what is there is never written over. */
function reserve(file: string): void {
  if (existsSync(manifestPathOf(file))) throw thereAlready(manifestPathOf(file));
  try {
    closeSync(openSync(file, 'wx', OWNER_ONLY.file));
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) throw thereAlready(file, cause);
    throw cause;
  }
}

function thereAlready(path: string, cause?: unknown): BackupError {
  return new BackupError('there_already', `${path} is there already: nothing is written over`, {
    cause,
  });
}

function copyAsOfNow(log: string, file: string): void {
  const db = openForReading(log);
  try {
    db.prepare('VACUUM INTO ?').run(file);
  } finally {
    db.close();
  }
}
