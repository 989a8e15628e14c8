import { gzip } from 'node:zlib';
import type { Response } from 'express';
import { accepts } from './accepted-encoding.ts';

/**
 * An answer of data in one piece. A long one goes out compressed to whoever reads that: five hundred rows
 * say the same words over and over, and come to a tenth. It is done beside the event loop, and fast
 * rather than small. No answer mixes what others sent with a secret, so its length tells nothing.
 */
const LONG_BYTES = 16 * 1024;
const LEVEL = 3;

export function sendJson(response: Response, text: string): void {
  const bytes = Buffer.from(text);
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  if (bytes.length < LONG_BYTES) return end(response, bytes);
  response.vary('Accept-Encoding');
  if (!accepts('gzip', response.req.headers['accept-encoding'])) return end(response, bytes);
  gzip(bytes, { level: LEVEL }, (error, compressed) => {
    // Without room for a buffer the answer goes out as it is.
    if (error !== null) return end(response, bytes);
    response.setHeader('Content-Encoding', 'gzip');
    end(response, compressed);
  });
}

function end(response: Response, bytes: Uint8Array): void {
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
