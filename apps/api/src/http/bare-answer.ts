import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Problem } from '../contract/problem.ts';
import { PROBLEMS } from './problem-table.ts';

/** How long whoever is told gets to read it before the connection is cut. */
const READ_MS = 1_000;

/** What is told on the bare socket. */
export type BareProblem = Extract<
  Problem['code'],
  'malformed_request' | 'too_slow' | 'address_too_long' | 'head_too_large'
>;

/** An answer on the bare socket, to what never became a request or is not waited for any longer. */
export function answerBare(socket: Duplex, code: BareProblem): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, title, meaning: detail, retry } = PROBLEMS[code];
  const type = `urn:ceasewatch:problem:${code}`;
  const instance = `urn:uuid:${randomUUID()}`;
  const problem: Problem = { type, title, status, code, detail, retry, instance };
  const body = JSON.stringify(problem);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
  // The other half stays open for as long as the sender likes, unless somebody closes it.
  setTimeout(() => socket.destroy(), READ_MS).unref();
}
