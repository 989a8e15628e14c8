import { connect } from 'node:net';

/** What a bare socket sends, byte for byte, and all that it gets until the other side closes. */
export interface RawAnswer {
  readonly status: number;
  readonly text: string;
  readonly tookMs: number;
}

export function rawRequest(
  address: string,
  pieces: readonly (string | Uint8Array)[],
  options: { readonly pauseMs?: number; readonly end?: boolean } = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const began = performance.now();
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      // One answer is enough: what follows on a kept connection is another one.
      if (/\r\n\r\n/.test(text) && !/transfer-encoding: chunked/i.test(text)) socket.end();
    });
    // A reset after the answer is what a cut-off sender deserves.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ status, text, tookMs: performance.now() - began });
    });
    void send(pieces, options, (piece) => !socket.destroyed && socket.write(piece)).then(() => {
      if (options.end === true) socket.end();
    });
  });
}

async function send(
  pieces: readonly (string | Uint8Array)[],
  { pauseMs }: { readonly pauseMs?: number },
  write: (piece: string | Uint8Array) => boolean,
): Promise<void> {
  for (const piece of pieces) {
    if (!write(piece)) return;
    if (pauseMs !== undefined) await new Promise((resume) => setTimeout(resume, pauseMs));
  }
}

/** A submission to a node, byte for byte as a client sends it. */
export function postOf(address: string, body: object): Buffer {
  const text = JSON.stringify(body);
  const head = ['Content-Type: application/json', `Content-Length: ${Buffer.byteLength(text)}`];
  return Buffer.from(postHead(address, head) + text);
}

/** The head of a submission to a node. */
export function postHead(address: string, more: readonly string[]): string {
  const { host } = new URL(address);
  return ['POST /api/observations HTTP/1.1', `Host: ${host}`, ...more, '', ''].join('\r\n');
}
