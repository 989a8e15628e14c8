import { randomBytes } from 'node:crypto';
import type { ObservationPage, Receipt } from '@ceasewatch/api/contract/observation';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import { newEventId } from '@ceasewatch/tlog/event-id';

/** The same questions as the screens ask, past the browser: what they show is compared with it. */
export async function ask<Answer>(address: string, path: string): Promise<Answer> {
  const response = await fetch(`${address}${path}`);
  if (!response.ok)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  const answer: Answer = await response.json();
  return answer;
}

export const askList = (address: string, search: string): Promise<ObservationPage> =>
  ask(address, `/api/observations?${search}`);

export const askSituation = (address: string, search: string): Promise<SituationAnswer> =>
  ask(address, `/api/situation?${search}`);

/** A burst heard at a point a minute ago, by the centre's first officer. */
export async function submit(
  address: string,
  more: Record<string, unknown> = {},
): Promise<Receipt> {
  const report = {
    id: newEventId(Date.now(), randomBytes(10)),
    kind: 'burst',
    count: { value: 12, qualifier: 'about', unit: 'burst' },
    means: ['heard'],
    when: { from: minuteAgo(), precision: 'minute', zone: 'UTC', clock: 'device' },
    where: { form: 'unknown', reason: 'not_known' },
    ...more,
  };
  const response = await fetch(`${address}/api/observations`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(report),
  });
  const receipt: Receipt = await response.json();
  if (response.status !== 201) throw new Error(`refused: ${JSON.stringify(receipt)}`);
  return receipt;
}

function minuteAgo(): string {
  return new Date(Math.floor(Date.now() / 60_000 - 1) * 60_000).toISOString();
}
