import { randomBytes } from 'node:crypto';
import type { Random } from '@ceasewatch/domain/testing/random';

/**
 * What arrives from somebody who connects and is no browser: heads cut anywhere, frames of a websocket
 * (RFC 6455, 5.2) of every shape, and packets of socket.io that say anything at all.
 */
export function head(host: string): Buffer {
  return Buffer.from(
    `GET /api/observations?limit=1 HTTP/1.1\r\nHost: ${host}\r\nAccept: */*\r\n\r\n`,
  );
}

export function upgrade(host: string): Buffer {
  const lines = [
    'GET /live/?EIO=4&transport=websocket HTTP/1.1',
    `Host: ${host}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    'Sec-WebSocket-Version: 13',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
}

/** Opcodes of text, binary, close, ping and pong, of a frame that goes on, and some that nobody knows. */
const OPCODES = [1, 1, 1, 2, 8, 9, 10, 0, 3, 7, 11, 15] as const;
/** In the second byte: the length itself, or how many bytes have it. */
const LENGTH_IN = { two: 126, eight: 127 } as const;
const LONGEST = 70_000;

/** A frame that fits its own head, or one that does not. */
export function frame(random: Random, said: Uint8Array): Buffer {
  const isMasked = random.chance(0.8);
  const claimed = random.chance(0.85) ? said.length : random.whole(0, Number.MAX_SAFE_INTEGER);
  const first =
    (random.chance(0.85) ? 0x80 : 0) | (random.chance(0.1) ? random.whole(1, 7) << 4 : 0);
  const opcode = random.chance(0.7) ? 1 : random.pick(OPCODES);
  const mask = Buffer.from(Array.from({ length: 4 }, () => random.whole(0, 255)));
  const body = isMasked ? said.map((byte, at) => byte ^ (mask[at % 4] ?? 0)) : said;
  return Buffer.concat([
    Buffer.from([first | opcode]),
    lengthOf(random, claimed, isMasked),
    ...(isMasked ? [mask] : []),
    body,
  ]);
}

/** Also in more bytes than it needs, which no client may do. */
function lengthOf(random: Random, length: number, isMasked: boolean): Buffer {
  const bit = isMasked ? 0x80 : 0;
  const isLong = random.chance(0.05);
  if (length < LENGTH_IN.two && !isLong) return Buffer.from([bit | length]);
  if (length < 2 ** 16 && !random.chance(0.05)) {
    const bytes = Buffer.alloc(3);
    bytes.writeUInt8(bit | LENGTH_IN.two);
    bytes.writeUInt16BE(length, 1);
    return bytes;
  }
  const bytes = Buffer.alloc(9);
  bytes.writeUInt8(bit | LENGTH_IN.eight);
  bytes.writeBigUInt64BE(BigInt(length), 1);
  return bytes;
}

const WORDS = ['join', 'ack', 'frame', '__proto__', 'constructor', 'disconnecting', ''] as const;
const VALUES = [
  null,
  true,
  -1,
  0,
  1e308,
  '',
  '2',
  'shared',
  [],
  {},
  { feed: 'shared' },
  { feed: 'shared', after: -1 },
  { feed: 'shared', after: 0, log: 'another' },
  { feed: 'shared', after: 1e15 },
  { feed: {}, after: '0' },
  { seq: -5 },
  { seq: 'x' },
  { seq: 2 ** 53 },
  { _placeholder: true, num: 0 },
] as const;

/** An answer to a ping, a beginning, a word with anything behind it, or letters by chance. */
export function packet(random: Random): Uint8Array {
  const nested = () => '['.repeat(random.whole(1, 5_000));
  const value = () => JSON.stringify(random.pick(VALUES));
  const said = random.pick([
    () => random.pick(['2', '3', '5', '6', '40', '41', '40/other,', '44{}', '', '1']),
    () => `42["${random.pick(WORDS)}",${value()}]`,
    () => `42${random.whole(0, 2 ** 40)}["${random.pick(WORDS)}",${value()},${value()}]`,
    () => `45${random.whole(0, 9)}-["${random.pick(WORDS)}",${value()}]`,
    () => `42${nested()}`,
    () => letters(random, random.whole(0, 200)),
    () => letters(random, random.chance(0.1) ? LONGEST : 2_000),
  ])();
  return Buffer.from(said, random.chance(0.9) ? 'utf8' : 'latin1');
}

function letters(random: Random, length: number): string {
  return Array.from({ length }, () => String.fromCharCode(random.whole(0, 255))).join('');
}
