import { CannotRead } from '@ceasewatch/auditor/log-row';
import { isJudgement, placeOf } from '@ceasewatch/auditor/flaw';
import { LogFile } from '@ceasewatch/auditor/log-file';
import { type VerifiedLog, verifyLog } from '@ceasewatch/auditor/verify-log';
import { BackupError } from './backup-error.ts';

/** A log in which everything is what was written; what its history thinks of it is for people to judge. */
export type SoundLog = VerifiedLog & { readonly identity: NonNullable<VerifiedLog['identity']> };

/**
 * Verifies a file as the auditor does.
 *
 * @throws BackupError damaged, with the first event that is not what was written
 */
export function soundLog(file: string, onProgress: (seq: number) => void): SoundLog {
  const verified = verifiedAsStranger(file, onProgress);
  const { identity, flaws } = verified;
  const kinds = Object.keys(flaws.byKind);
  if (identity !== undefined && kinds.every((kind) => isJudgement(kind))) {
    return { ...verified, identity };
  }
  const first = flaws.first.find(({ kind }) => !isJudgement(kind)) ?? flaws.first[0];
  throw new BackupError(
    'damaged',
    `${placeOf(first?.seq ?? 0)} of the log is damaged: ${first?.kind}: ${first?.message}`,
  );
}

function verifiedAsStranger(path: string, onProgress: (seq: number) => void): VerifiedLog {
  let file: LogFile | undefined;
  try {
    file = new LogFile(path);
    return verifyLog(file, {}, onProgress);
  } catch (cause) {
    if (!(cause instanceof CannotRead)) throw cause;
    throw new BackupError('damaged', cause.message, { cause });
  } finally {
    file?.close();
  }
}
