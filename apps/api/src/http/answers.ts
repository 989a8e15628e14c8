import type { z } from 'zod';
import type { ProblemCode } from '../contract/problem.ts';

/** What one route answers, said beside it; `GET /api/openapi.json` is made of nothing else. */
export interface Answered {
  readonly summary: string;
  /** Status → schema of the JSON, or the media type of what is streamed. */
  readonly answers: Readonly<Record<number, z.ZodType | string>>;
  /** What a status says beyond that it is good, where there is more to know. */
  readonly means?: Readonly<Record<number, string>>;
  /** It goes on from a revision, which `If-Match` names. */
  readonly fromRevision?: true;
  /** Beside those that any route can give. */
  readonly problems?: readonly ProblemCode[];
}

const ANY_ROUTE: readonly ProblemCode[] = [
  'forbidden',
  'method_not_allowed',
  'invalid',
  'internal',
  'store_unavailable',
  'log_damaged',
];
/** What every command can meet on its way into the log. */
export const COMMAND_PROBLEMS: readonly ProblemCode[] = [
  'malformed_json',
  'unsupported_media_type',
  'too_large',
  'id_reused',
  'overloaded',
  'storage_full',
  'outcome_unknown',
];

/** One route and what was said beside it, for the OpenAPI document alone. */
export interface AnsweredRoute extends Answered {
  /** Where decorators of the method go. */
  readonly decorate: (decorator: MethodDecorator) => void;
}

/** Every route of this process. The document is made of it when somebody asks for one, not at start. */
export const ANSWERED_ROUTES: AnsweredRoute[] = [];

export function Answers(said: Answered): MethodDecorator {
  return (controller, method, descriptor) => {
    const decorate = (decorator: MethodDecorator): void => {
      decorator(controller, method, descriptor);
    };
    ANSWERED_ROUTES.push({ ...said, decorate });
  };
}

/** Codes that a route can answer with, its own and those of any. */
export function problemsOf({ problems = [] }: Answered): readonly ProblemCode[] {
  return [...new Set([...ANY_ROUTE, ...problems])];
}
