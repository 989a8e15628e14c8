import { randomFillSync } from 'node:crypto';

/**
 * Secrets of events, 32 random bytes each. Asking the system for many at once costs as much as asking
 * for one; what was handed out is wiped from the store.
 */
const SECRET_BYTES = 32;
const DRAWN_AT_ONCE = 256;

export function secretSource(): () => Uint8Array {
  const store = new Uint8Array(SECRET_BYTES * DRAWN_AT_ONCE);
  let at = store.length;
  return () => {
    if (at === store.length) {
      randomFillSync(store);
      at = 0;
    }
    const secret = store.slice(at, at + SECRET_BYTES);
    store.fill(0, at, at + SECRET_BYTES);
    at += SECRET_BYTES;
    return secret;
  };
}
