/** `3mkh LsXB 3dvM …`: a hash in groups of four letters, as it is compared by eye and read out. */
export function groupsOfFour(hash: string): string {
  return hash.match(/.{1,4}/g)?.join(' ') ?? '';
}
