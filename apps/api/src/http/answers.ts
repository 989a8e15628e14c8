import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { z } from 'zod';
import type { ProblemCode } from '../contract.ts';
import { problem } from './answer-schemas.ts';
import { PROBLEMS } from './problem-table.ts';

/** What one route answers, said beside it; `GET /api/openapi.json` is made of nothing else. */
export interface Answered {
  readonly summary: string;
  /** Status → schema of the JSON, or the media type of what is streamed. */
  readonly answers: Readonly<Record<number, z.ZodType | string>>;
  /** It goes on from a revision, which `If-Match` names. */
  readonly fromRevision?: true;
  /** Beside those that any route can give. */
  readonly problems?: readonly ProblemCode[];
}

const ANY_ROUTE: readonly ProblemCode[] = ['forbidden', 'invalid', 'internal', 'store_unavailable'];
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

const OFFICER = ApiHeader({
  name: 'Ceasewatch-Officer',
  required: false,
  description: 'Id of the officer who acts or looks; the first of the centre unless told.',
});
const IF_MATCH = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The revision that was looked at: `"3"` or `3`.',
});

export function Answers(said: Answered): MethodDecorator {
  const { summary, answers, problems = [], fromRevision = false } = said;
  const good = Object.entries(answers).map(([status, answer]) =>
    typeof answer === 'string'
      ? ApiResponse({
          status: Number(status),
          description: answer,
          content: { [answer]: { schema: { type: 'string' } } },
        })
      : ApiResponse({ status: Number(status), description: 'Good.', standardSchema: answer }),
  );
  const bad = [...new Set([...ANY_ROUTE, ...problems])].map((code) =>
    ApiResponse({
      status: PROBLEMS[code].status,
      description: `\`${code}\`: ${PROBLEMS[code].meaning}`,
      standardSchema: problem,
    }),
  );
  const headers = fromRevision ? [OFFICER, IF_MATCH] : [OFFICER];
  return applyDecorators(ApiOperation({ summary }), ...headers, ...good, ...bad);
}
