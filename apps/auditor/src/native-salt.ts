import { hash } from 'node:crypto';
import { saltOf } from '@ceasewatch/tlog/disclosure';
import { nativeSha256 } from './native-sha256.ts';

const SECRET_BYTES = 32;
const BLOCK_BYTES = 64;
const SALT_LETTERS = 32;
const MOST_NAME_BYTES = 400;
const INNER_PAD = 0x36;
const OUTER_PAD = 0x5c;

/**
 * `saltOf` for a vault of millions: HMAC-SHA-256 in memory that is used again, the pads of a secret made
 * once for all names of its event. Salts and secrets are in hexadecimal, upper case.
 */
export class NativeSalt {
  readonly #inner = Buffer.alloc(BLOCK_BYTES + MOST_NAME_BYTES, INNER_PAD);
  readonly #outer = Buffer.alloc(BLOCK_BYTES + SECRET_BYTES, OUTER_PAD);
  readonly #secret = Buffer.alloc(SECRET_BYTES);
  #padded: string | undefined;

  of(secret: string, name: string): string {
    if (secret.length !== 2 * SECRET_BYTES || 3 * name.length > MOST_NAME_BYTES) {
      const salt = saltOf(Buffer.from(secret, 'hex'), name, nativeSha256);
      return Buffer.from(salt).toString('hex').toUpperCase();
    }
    if (secret !== this.#padded) this.#pad(secret);
    const end = BLOCK_BYTES + this.#inner.write(name, BLOCK_BYTES);
    const inner = new Uint8Array(this.#inner.buffer, this.#inner.byteOffset, end);
    this.#outer.write(hash('sha256', inner, 'binary'), BLOCK_BYTES, 'binary');
    return hash('sha256', this.#outer, 'hex').slice(0, SALT_LETTERS).toUpperCase();
  }

  #pad(secret: string): void {
    this.#secret.write(secret, 'hex');
    for (let at = 0; at < SECRET_BYTES; at += 1) {
      const byte = this.#secret[at] ?? 0;
      this.#inner[at] = byte ^ INNER_PAD;
      this.#outer[at] = byte ^ OUTER_PAD;
    }
    this.#padded = secret;
  }
}
