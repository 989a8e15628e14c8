import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { answerProblem } from './http/answer-problem.ts';

/**
 * The single place where what is thrown behind a route (a refusal of the domain, an error of the log,
 * a fault) becomes an answer: `application/problem+json` of the table in `http/problem-table.ts`.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(http.getRequest<Request>(), http.getResponse<Response>(), error);
  }
}
