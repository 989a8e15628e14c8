import type { Response } from 'express';

/** Why a question is given up: nobody is left to be answered. */
class ClientGone extends Error {
  readonly code = 'ECONNRESET';

  constructor() {
    super('the client has gone before it was answered');
    this.name = 'ClientGone';
  }
}

/** Aborted when the client goes before it has its whole answer. */
export function whenGone(response: Response): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new ClientGone());
  });
  return controller.signal;
}
