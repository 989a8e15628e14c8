import type { EventToAppend, StoredEvent } from './event-log.ts';
import { digestsOf, type VaultItem } from './event-row.ts';

/**
 * An event that comes from another copy of the same log: leaf and hash as they are there, and of its
 * vault what is left. An event that was just sealed is one whose vault has everything.
 */
export interface EventToKeep extends Omit<EventToAppend, 'vault'> {
  readonly vault?: KeptVault;
  /** Of an erasure: the event whose disclosures it erased, with what is left of its vault. */
  readonly erases?: Pick<EventToKeep, 'envelope' | 'vault'>;
}

export interface KeptVault {
  /** Absent once something of the event was erased, and where it never came. */
  readonly secret?: Uint8Array;
  /** In the order of their digests in `data._sd`. */
  readonly disclosures: readonly VaultItem[];
}

/** A stored event as it is appended elsewhere. `secret` is that of its vault, if there is one. */
export function movedEvent(stored: StoredEvent, secret?: Uint8Array): EventToKeep {
  const { envelope, leaf, leafHash } = stored;
  const event = { envelope, leaf, leafHash };
  const disclosures = itemsOf(stored);
  if (disclosures.every((item) => item === null)) return event;
  return { ...event, vault: { ...(secret === undefined ? {} : { secret }), disclosures } };
}

function itemsOf({ envelope, disclosed }: StoredEvent): readonly VaultItem[] {
  const names = new Map(Object.entries(disclosed).map(([name, { digest }]) => [digest, name]));
  return digestsOf(envelope).map((digest): VaultItem => {
    const name = names.get(digest) ?? digest;
    const { state, disclosure } = disclosed[name] ?? { state: 'withheld' as const };
    if (state === 'withheld') return null;
    return disclosure ?? { erased: name === digest ? null : name };
  });
}
