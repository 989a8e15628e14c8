import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { answerProblem, pathOf } from './answer-problem.ts';
import { setHeaders } from './headers.ts';
import { RequestError } from './request-error.ts';
import type { Traffic } from './traffic.ts';

/**
 * Before anything else looks at a command: where the waiting room is shut it is refused here, for a
 * tenth of what recording costs. Questions and tables go on; they have bounds of their own.
 */

/** A body of so many bytes is read and thrown away, because the next request comes on the same connection. */
const WORTH_READING_BYTES = 64 * 1024;

/** Made once: thousands in a second are told the same. */
const OVERLOADED = new RequestError(
  'overloaded',
  'commands',
  'More commands come than can be recorded in time.',
);

/** @param streamed paths whose bodies are no commands */
export function guarded(
  listener: RequestListener,
  traffic: Traffic,
  streamed: readonly string[],
): RequestListener {
  return (request, response) => {
    const isCommand = request.method === 'POST' && !streamed.includes(pathOf(request));
    if (!isCommand || !traffic.room.isFull) return listener(request, response);
    traffic.room.turnAway(response, () => refuse(request, response, traffic));
  };
}

function refuse(request: IncomingMessage, response: ServerResponse, traffic: Traffic): void {
  setHeaders(response, true);
  if (traffic.draining) response.setHeader('Connection', 'close');
  const answer = (): void => {
    answerProblem(request, response, OVERLOADED);
    traffic.count('POST', response.statusCode);
  };
  const bytes = Number(request.headers['content-length']);
  if (!request.complete && bytes <= WORTH_READING_BYTES) request.once('end', answer).resume();
  else answer();
}
