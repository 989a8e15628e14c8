import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { toBase64 } from '@ceasewatch/tlog/base64';
import { holdFolder, LOCK_FILE, LOG_FILE } from '../event-log/data-folder.ts';
import { BackupError } from './backup-error.ts';
import { type BackupManifest, readManifest } from './backup-manifest.ts';
import { copyDigested, syncPath } from './file-digest.ts';
import { soundLog } from './sound-log.ts';

/**
 * A backup becomes the log of an empty folder, or nothing is left there: it is copied, what was copied is
 * held against the manifest and verified event by event, and only then it gets the name under which a
 * node looks for its log.
 *
 * @throws BackupError no_backup, not_empty, altered, damaged
 * @throws EventLogError data_folder_in_use, data_folder_unusable
 */
export function restore(
  file: string,
  folder: string,
  onProgress: (seq: number) => void = () => undefined,
): BackupManifest {
  const manifest = readManifest(file);
  const isNew = !existsSync(folder);
  if (!isNew && readdirSync(folder).length > 0) {
    throw new BackupError(
      'not_empty',
      `${folder} is not empty: a backup needs a folder of its own`,
    );
  }
  mkdirSync(folder, { recursive: true });
  const lock = holdFolder(folder, LOG_FILE);
  const unproven = join(folder, `${LOG_FILE}.restoring`);
  try {
    const { bytes, sha256 } = copyDigested(file, unproven);
    if (bytes !== manifest.bytes || sha256 !== manifest.sha256) {
      throw new BackupError('altered', `${file} is not the file that its manifest speaks of`);
    }
    checkAgainst(manifest, unproven, onProgress);
    renameSync(unproven, join(folder, LOG_FILE));
    syncPath(folder);
    lock.release();
    return manifest;
  } catch (error) {
    rmSync(unproven, { force: true });
    lock.release();
    rmSync(join(folder, LOCK_FILE), { force: true });
    if (isNew) rmdirSync(folder);
    throw error;
  }
}

function checkAgainst(
  manifest: BackupManifest,
  file: string,
  onProgress: (seq: number) => void,
): void {
  const { identity, last, chain } = soundLog(file, onProgress);
  const isSame =
    identity.logId === manifest.log && last === manifest.seq && toBase64(chain) === manifest.chain;
  if (!isSame)
    throw new BackupError('altered', 'the manifest speaks of another log or another head');
}
