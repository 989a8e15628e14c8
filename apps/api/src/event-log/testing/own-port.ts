import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { hasCode } from '../../error-code.ts';

/** Below the ports that systems hand out to whoever asks for any. */
const LOWEST = 20_000;
const BEYOND = 32_000;

/**
 * A free port to which a test comes back: nobody else is given it while nothing listens there, as one
 * that the system chose may be by the next of many tests.
 */
export async function ownPort(): Promise<number> {
  for (;;) {
    const port = randomInt(LOWEST, BEYOND);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}
