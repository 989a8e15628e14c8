import { settings } from '../settings/settings.ts';
import { ApiProblem, problemOf } from './api-problem.ts';

/**
 * The one way to the api. Types of answers come from the contract; every request carries the acting
 * officer, because every query has a viewer.
 */
export interface Asking {
  readonly search?: URLSearchParams;
  readonly signal?: AbortSignal;
}

/**
 * A node answers a command within some fifteen seconds, whatever its store does, and a question within a
 * few, the first one about a long log; a frozen one never. A little longer than the live feed waits for a
 * word of the node (twice ten seconds): whoever was not answered is asked again when the feed is back.
 */
export const ANSWER_WITHIN_MS = 21_000;

/** @throws ApiProblem for an error answer, or when there was none in time; the signal's reason */
export async function getJson<Answer>(path: string, asking: Asking = {}): Promise<Answer> {
  const inTime = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const signal = asking.signal === undefined ? inTime : AbortSignal.any([asking.signal, inTime]);
  const response = await send(addressOf(path, asking.search), { signal });
  return await read<Answer>(response);
}

export interface Posted<Answer> {
  readonly answer: Answer;
  readonly replayed: boolean;
}

/**
 * Sends a command. Its id is in the body, so sending it again is safe.
 *
 * @param revision the stream's revision that the sender looked at, sent as `If-Match`
 * @throws ApiProblem
 */
export async function postJson<Answer>(
  path: string,
  body: object,
  revision?: number,
): Promise<Posted<Answer>> {
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (revision !== undefined) headers['If-Match'] = `"${revision}"`;
  const response = await send(addressOf(path), {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
  });
  const answer = await read<Answer>(response);
  return { answer, replayed: response.headers.get('Idempotent-Replay') === 'true' };
}

/** An answer whose connection breaks in the middle is none. */
async function read<Answer>(response: Response): Promise<Answer> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof TypeError || error instanceof SyntaxError || isTimeout(error))
      throw new ApiProblem('network', response.status, error.message, null);
    throw error;
  }
}

/** The address of an answer that the browser itself fetches: a download. */
export function addressOf(path: string, search?: URLSearchParams): string {
  const query = search?.toString() ?? '';
  return query === '' ? path : `${path}?${query}`;
}

async function send(address: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept', 'application/json');
  const { officer } = settings();
  if (officer !== null) headers.set('Ceasewatch-Officer', officer);
  const response = await reach(address, { ...init, headers });
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (error instanceof TypeError || isTimeout(error))
      throw new ApiProblem('network', 0, error.message, null);
    throw error;
  }
}

function isTimeout(error: unknown): error is DOMException {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
