import type { Response } from 'express';

/**
 * Sends an answer of which one field is JSON in bytes already: because everybody is sent the same ones,
 * or because another thread made them.
 */
export function sendWithBytes(
  response: Response,
  told: object,
  field: string,
  encoded: Uint8Array,
): void {
  const opening = `${JSON.stringify(told).slice(0, -1)},"${field}":`;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', Buffer.byteLength(opening) + encoded.length + 1);
  response.write(opening);
  response.write(encoded);
  response.end('}');
}
