import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { answerProblem } from './answer-problem.ts';
import { answerBare } from './bare-answer.ts';
import { RequestError } from './request-error.ts';
import { parseStrictJson } from './strict-json.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** Far above the largest report (a leaf has 64 KiB, its disclosures 128 KiB). */
export const MAX_BODY_BYTES = 256 * 1024;
/** Read and thrown away after the limit, so that a client still sending gets to read its 413. */
const MAX_DISCARDED_BYTES = 4 * 1024 * 1024;

/** From its head to its last byte. A table may take longer, as long as something comes. */
const MOST_MS = 15_000;

const METHODS_WITHOUT_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/**
 * Reads the body of every request that changes something: whole, limited, and strict once it is its
 * turn. Nest's own parser is off. `streamed` paths read their own body (the importer's).
 */
export function strictBody(room: WaitingRoom, streamed: readonly string[] = []): RequestHandler {
  return (request, response, next) => {
    if (METHODS_WITHOUT_BODY.has(request.method) || streamed.includes(request.path)) {
      next();
      return;
    }
    try {
      checkHeaders(request);
    } catch (error) {
      answerProblem(request, response, error);
      return;
    }
    collect(room, request, response, next);
  };
}

function checkHeaders(request: Request): void {
  const encoding = request.headers['content-encoding'];
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') {
    throw new RequestError(
      'unsupported_media_type',
      'compressed',
      'A compressed body is not accepted.',
    );
  }
  if (!isJson(request.headers['content-type'])) {
    throw new RequestError(
      'unsupported_media_type',
      'not_application_json',
      'The content type must be application/json (UTF-8).',
    );
  }
  if (Number(request.headers['content-length'] ?? 0) > MAX_DISCARDED_BYTES) throw tooLarge();
}

function isJson(contentType: string | undefined): boolean {
  const [type, ...parameters] = (contentType ?? '').toLowerCase().split(';');
  if (type?.trim() !== 'application/json') return false;
  return parameters.every((parameter) => {
    const [name, value] = parameter.trim().split('=');
    return name !== 'charset' || /^"?utf-?8"?$/.test(value ?? '');
  });
}

function tooLarge(): RequestError {
  return new RequestError(
    'too_large',
    'body_too_large',
    `The body is larger than ${MAX_BODY_BYTES} bytes.`,
  );
}

function collect(
  room: WaitingRoom,
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isLate = false;
  const patience = setTimeout(() => {
    isLate = true;
    answerBare(request.socket, 'too_slow');
  }, MOST_MS);
  request.on('close', () => clearTimeout(patience));
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
    else if (bytes > MAX_DISCARDED_BYTES && !response.headersSent) {
      answerProblem(request, response, tooLarge());
    }
  });
  request.on('end', () => {
    clearTimeout(patience);
    // What comes after he was told that it is too late is not carried out behind the sender's back.
    if (isLate || response.headersSent) return;
    const answerWith = (error: unknown) => answerProblem(request, response, error);
    if (bytes > MAX_BODY_BYTES) return answerWith(tooLarge());
    const begin = (): void => {
      try {
        request.body = parseStrictJson(Buffer.concat(chunks, bytes));
      } catch (error) {
        return answerWith(error);
      }
      next();
    };
    room.enter(response, begin);
  });
  // A body that was cut off: Node answers 400 or 408 itself where the socket still takes an answer.
  request.on('error', () => response.destroy());
}
