import type { ProblemCode } from '../contract/problem.ts';

/** What can be wrong with a request before any rule of the domain is asked. */
export type RequestErrorCode = Extract<
  ProblemCode,
  | 'malformed_json'
  | 'too_large'
  | 'unsupported_media_type'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'overloaded'
>;

/** A request that is refused at the door. `problem.filter.ts` turns it into an answer. */
export class RequestError extends Error {
  readonly code: RequestErrorCode;
  readonly reason: string;
  /** When to ask again, in seconds, where that is known better than for the code. */
  readonly retryAfterS: number | undefined;

  constructor(code: RequestErrorCode, reason: string, message: string, retryAfterS?: number) {
    super(message);
    this.name = 'RequestError';
    this.code = code;
    this.reason = reason;
    this.retryAfterS = retryAfterS;
  }
}
