import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';

/** SHA-256 of bytes, 32 bytes. Servers pass a faster one of the same function; browsers pass none. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

export const sha256: Sha256 = (bytes) => nobleSha256(bytes);
