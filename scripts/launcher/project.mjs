// Where the project lies, and the one kind of error that the launcher ends with.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A failure whose message is all that the reader needs; the launcher prints it without a stack. */
export class LauncherError extends Error {}
