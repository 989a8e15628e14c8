import type { Problem, ProblemCode } from '@ceasewatch/api/contract/problem';

/** An answer that is an error, or no answer at all (`network`). */
export class ApiProblem extends Error {
  readonly code: ProblemCode | 'network';
  readonly status: number;
  readonly problem: Problem | null;

  constructor(
    code: ProblemCode | 'network',
    status: number,
    detail: string,
    problem: Problem | null,
  ) {
    super(detail);
    this.name = 'ApiProblem';
    this.code = code;
    this.status = status;
    this.problem = problem;
  }
}

/** Reads an error answer: problem+json where it is one, whatever a proxy said where it is not. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('problem+json')) {
    const problem: Problem = await response.json();
    return new ApiProblem(problem.code, response.status, problem.detail, problem);
  }
  const code =
    response.status === 404 ? 'not_found' : response.status === 429 ? 'overloaded' : 'network';
  return new ApiProblem(code, response.status, response.statusText, null);
}
