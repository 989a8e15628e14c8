import { types } from 'node:util';
import type { LogEntry, LogEntryPage } from '@ceasewatch/api/contract/log';
import type { Order } from './orders.ts';

/** Asking a node over HTTP, as any client would. */
export interface Answered {
  readonly status: number;
  // Receipt or problem: who reads it has looked at the status.
  readonly body: ReturnType<typeof JSON.parse>;
}

/** Undefined when the connection broke before there was a whole answer. */
export async function ask(
  address: string,
  { path, body, revision, officer }: Order,
): Promise<Answered | undefined> {
  const match: Record<string, string> =
    revision === undefined ? {} : { 'If-Match': `"${revision}"` };
  const by: Record<string, string> = officer === undefined ? {} : { 'Ceasewatch-Officer': officer };
  try {
    const response = await fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...match, ...by },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: JSON.parse(await response.text()) };
  } catch (error) {
    // What fetch throws for a connection that was refused or broke; anything else is a fault of ours.
    const said = types.isNativeError(error) ? error.message : '';
    if (said === 'fetch failed' || said === 'terminated') return undefined;
    throw error;
  }
}

/** The whole log, as the node tells it. */
export async function eventsOf(address: string): Promise<readonly LogEntry[]> {
  const events: LogEntry[] = [];
  for (let after: string | undefined = '-1'; after !== undefined;) {
    const page: LogEntryPage = JSON.parse(
      await textOf(`${address}/api/events?after=${after}&limit=500`),
    );
    events.push(...page.items);
    after = page.next;
  }
  return events;
}

/** Every id that the centre names: units, areas, officers. */
export async function idsOfCentre(address: string): Promise<readonly string[]> {
  const centre = await textOf(`${address}/api/centre`);
  return [...new Set(centre.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? [])];
}

/** @throws Error for any status but 200 */
export async function textOf(url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text;
}
