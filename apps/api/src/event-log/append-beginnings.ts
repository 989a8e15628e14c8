import { type Actor, streamOf } from '@ceasewatch/domain/recorded-event';
import { addressEvent } from './address-event.ts';
import type { CommandDesk } from './command-desk.ts';
import type { Appended } from './event-log.ts';
import { EventLogError } from './event-log-error.ts';
import { sealEnvelope, type SealedData } from './seal-event.ts';

/**
 * The first events of many streams, judged and sealed before their turn came: here they only get a time
 * and a place. Nothing is loaded, because the log itself knows whether a stream is there; what turns
 * out not to be a beginning is left to `decideAndAppend`.
 */
export interface Beginning {
  readonly subject: string;
  readonly commandId: string;
  readonly type: string;
  /** Its data was read from its text. */
  readonly sealed: SealedData;
}

/**
 * @param centreRevision of the centre that they were judged against, which is the present one
 * @returns what became of each, in order; undefined where it was not appended and has to be decided by
 *   itself, which also says why
 */
export async function appendBeginnings(
  desk: CommandDesk,
  actor: Actor,
  centreRevision: number | undefined,
  beginnings: readonly Beginning[],
): Promise<readonly (Appended | undefined)[]> {
  const time = desk.recordingTime();
  const { logId } = desk.log.head();
  const place = { after: 'none', time, centreRevision, logId } as const;
  const appending = desk.issue(time.ms, () =>
    Promise.allSettled(
      beginnings.map(({ subject, commandId, type, sealed }) => {
        const event = { type, data: sealed.data };
        const envelope = addressEvent({ subject, commandId, actor }, place, event, 0);
        const sealedEvent = { ...sealEnvelope(envelope, sealed), isAsRead: true as const };
        return desk.append(streamOf(subject), 'none', [sealedEvent]);
      }),
    ),
  );
  return (await appending).map((settled) => {
    if (settled.status === 'fulfilled') return settled.value;
    if (!(settled.reason instanceof EventLogError)) throw settled.reason;
    return undefined;
  });
}
