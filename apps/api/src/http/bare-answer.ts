import type { Duplex } from 'node:stream';

/** How long whoever is told gets to read it before the connection is cut. */
const READ_MS = 1_000;

/** An answer on the bare socket, to what never became a request or is not waited for any longer. */
export function answerBare(socket: Duplex, status: number, title: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify({ type: 'about:blank', title, status });
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\nContent-Type: application/problem+json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  // The other half stays open for as long as the sender likes, unless somebody closes it.
  setTimeout(() => socket.destroy(), READ_MS).unref();
}

/** To a sender who did not send what he announced. */
export function answerTooLate(socket: Duplex): void {
  answerBare(socket, 408, 'Request Timeout');
}
