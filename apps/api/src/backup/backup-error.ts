/** Why there is no backup, or nothing was restored, in a closed list. */
export type BackupErrorCode =
  | 'no_log'
  /** The log is in a store: what the folder has is a copy of it. */
  | 'in_a_store'
  | 'there_already'
  | 'not_empty'
  | 'no_backup'
  /** The file is not the one that its manifest speaks of. */
  | 'altered'
  /** The log itself is not what was written. */
  | 'damaged';

export class BackupError extends Error {
  readonly code: BackupErrorCode;

  constructor(code: BackupErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupError';
    this.code = code;
  }
}
