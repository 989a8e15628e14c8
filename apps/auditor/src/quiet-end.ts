import { stderr, stdout } from 'node:process';

/**
 * A command whose reader has gone, `head` for one, ends with the exit code that it would have had: to say
 * more to nobody is no fault.
 */
export function endQuietlyUnread(): void {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
}
