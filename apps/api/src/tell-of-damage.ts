import type { LogDamage } from './event-log/event-log.ts';

/** Says once on standard error that the log is damaged, from where, and what to do about it. */
export function tellOfDamage(folder: string, { seq, why }: LogDamage): void {
  const from = seq === undefined ? '' : ` from event ${seq} on`;
  process.stderr.write(
    `THE LOG IS DAMAGED${from} (${why}). It is read as far as it can be trusted; nothing is written and nothing is repaired. See what is left: npm run verify-log -- --data ${folder}; then put a sound copy of log.sqlite in its place and remove the read-model files beside it.\n`,
  );
}

/** The same of the copy of a log in a store, which is only thrown away and never mended. */
export function tellOfCopy({ seq, why }: LogDamage): void {
  const from = seq === undefined ? '' : ` from event ${seq} on`;
  process.stderr.write(
    `THIS NODE'S COPY OF THE LOG IS DAMAGED${from} (${why}). The store has everything: start this node again, and it follows the log anew. Until then it reads what it can and writes nothing. Look at the disk.\n`,
  );
}

/** The same of a store that has another log, or that would lose this one. */
export function tellOfStore({ why }: LogDamage): void {
  process.stderr.write(
    `THE STORE CANNOT BE USED: ${why}. This node reads on from its own copy and writes nothing. It goes on by itself once the store that EVENTSTORE_URL names has this log again.\n`,
  );
}
