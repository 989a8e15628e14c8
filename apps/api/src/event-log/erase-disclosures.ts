import type { Decider } from '@ceasewatch/domain/decider';
import type { Actor } from '@ceasewatch/domain/recorded-event';
import type { CommandDesk } from './command-desk.ts';
import { type Decided, decideAndAppend } from './decide-and-append.ts';
import { AGAINST_NOTHING } from './judged-against.ts';

/**
 * Erasure at the level of the log: `disclosure.erased.v1` in the subject's stream and the vault's rows
 * gone in the same transaction. The leaf, its hash and the chain stay. Who may ask for it (two officers
 * of both contingents) is for a command that comes with accounts; nothing calls this before.
 */
export interface Erasure {
  readonly commandId: string;
  readonly actor: Actor;
  readonly subject: string;
  /** The event of the subject whose disclosures are erased. */
  readonly event: string;
  readonly digests: readonly string[];
  readonly reason: string;
}

interface DisclosureErased {
  readonly type: 'disclosure.erased.v1';
  readonly data: {
    readonly event: string;
    readonly digests: readonly string[];
    readonly reason: string;
  };
}

const erasureDecider: Decider<undefined, DisclosureErased['data'], DisclosureErased> = {
  initialState: undefined,
  decide: (_state, data) => [{ type: 'disclosure.erased.v1', data }],
  evolve: (state) => state,
};

/** @throws EventLogError malformed_append when the subject has no such event or digests */
export function eraseDisclosures(desk: CommandDesk, erasure: Erasure): Promise<Decided<undefined>> {
  const { commandId, actor, subject, event, digests, reason } = erasure;
  return decideAndAppend(desk, {
    decider: erasureDecider,
    subject,
    commandId,
    actor,
    command: () => ({ event, digests, reason }),
    against: AGAINST_NOTHING,
  });
}
