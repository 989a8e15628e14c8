import type { Request, RequestHandler } from 'express';
import { answerProblem } from './answer-problem.ts';
import { RequestError } from './request-error.ts';
import { isLoopbackHost, isSameOrigin } from './same-machine.ts';

/**
 * Who may knock at all. There are no accounts yet, so a browser at this machine is the danger: a page
 * of another site must not be able to report in its name, and a foreign name that resolves to the
 * loopback address (DNS rebinding) must not be served.
 */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** For rooms with a door of their own: whether the node is bound to a loopback address. */
export const LOOPBACK_ONLY = Symbol('bound to a loopback address');

/** `loopback`: the node is bound to a loopback address, so only loopback names can be meant. */
export function doorkeeper(options: { readonly loopback: boolean }): RequestHandler {
  return (request, response, next) => {
    try {
      if (options.loopback && !isLoopbackHost(request.headers.host)) throw foreignHost();
      if (!SAFE_METHODS.has(request.method)) checkOrigin(request);
      else if (hasBody(request)) response.setHeader('Connection', 'close');
    } catch (error) {
      answerProblem(request, response, error);
      return;
    }
    next();
  };
}

/** A body that nobody reads is not waited for: the connection ends with the answer. */
function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function foreignHost(): RequestError {
  return new RequestError(
    'forbidden',
    'foreign_host',
    'This node answers to loopback names only (localhost, 127.0.0.1, [::1]).',
  );
}

function checkOrigin(request: Request): void {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const foreign = origin !== undefined && !isSameOrigin(origin, host);
  if (foreign || (site !== undefined && site !== 'same-origin')) {
    throw new RequestError(
      'forbidden',
      'foreign_origin',
      'A page of another site may not change anything here.',
    );
  }
}
