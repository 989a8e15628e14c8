/** Whether two hashes or ids are the same bytes, by the platform: what is compared is no secret. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}
