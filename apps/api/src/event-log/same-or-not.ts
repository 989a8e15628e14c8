import type { Envelope } from '@ceasewatch/domain/recorded-event';
import { canonicalJson } from '@ceasewatch/tlog/canonical-json';
import type { StoredDisclosure } from './event-log.ts';

/**
 * Same or not the same (event-format.md): a repeated id is the same event when subject, type, officer,
 * place in the stream, public data and disclosed values are equal. Time, correlation and salts are not
 * compared, because a retry has others. Once something was erased only the public part can be.
 */
export interface SentEvent {
  readonly envelope: Pick<Envelope, 'subject' | 'type' | 'officer' | 'revision' | 'data'>;
  readonly disclosed: Readonly<Record<string, string>>;
}

export interface KeptEvent {
  readonly envelope: Envelope;
  readonly disclosed: Readonly<Record<string, StoredDisclosure>>;
}

export function isSame(kept: KeptEvent, sent: SentEvent): boolean {
  return (
    kept.envelope.subject === sent.envelope.subject &&
    kept.envelope.type === sent.envelope.type &&
    kept.envelope.officer === sent.envelope.officer &&
    kept.envelope.revision === sent.envelope.revision &&
    publicPart(kept.envelope.data) === publicPart(sent.envelope.data) &&
    isSameDisclosed(kept, sent)
  );
}

function publicPart(data: Envelope['data']): string {
  const { _sd, ...rest } = data;
  return canonicalJson(rest);
}

function isSameDisclosed(kept: KeptEvent, sent: SentEvent): boolean {
  const disclosures = Object.entries(kept.disclosed);
  if (disclosures.some(([, each]) => each.state !== 'shown')) return true;
  return (
    disclosures.length === Object.keys(sent.disclosed).length &&
    disclosures.every(
      ([name, each]) => each.state === 'shown' && each.value === sent.disclosed[name],
    )
  );
}
