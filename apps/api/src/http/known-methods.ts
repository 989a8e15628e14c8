import type { Application, Request, RequestHandler } from 'express';
import { answerProblem } from './answer-problem.ts';
import { RequestError } from './request-error.ts';

/**
 * Before any body is read: a path of the API that nobody knows is not found, a known one with a method
 * that it does not have is answered 405, and `OPTIONS` is told what there is. There are no headers for
 * other sites: their pages have nothing to ask here.
 */
interface KnownPath {
  readonly pattern: RegExp;
  readonly methods: readonly string[];
}

const OF_PAGES = ['GET', 'HEAD'];

export function knownMethods(): RequestHandler {
  let known: readonly KnownPath[] | undefined;
  return (request, response, next) => {
    // The routes of an application stand once it listens.
    known ??= pathsOf(request.app);
    const methods = isOfApi(request) ? methodsOf(known, request.path) : OF_PAGES;
    if (methods.includes(request.method)) return next();
    if (methods.length > 0) response.setHeader('Allow', [...methods, 'OPTIONS'].join(', '));
    if (methods.length > 0 && request.method === 'OPTIONS') {
      response.status(204).end();
      return;
    }
    answerProblem(request, response, refusal(request, methods));
  };
}

/** A path is exact, but what is meant for the API gets an answer for programs however it is written. */
export function isOfApi({ path }: Request): boolean {
  return /^\/(?:api|health)(?:\/|$)/i.test(path);
}

function methodsOf(known: readonly KnownPath[], path: string): readonly string[] {
  const found = known.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods);
  return [...new Set(found)].flatMap((method) => (method === 'GET' ? OF_PAGES : [method]));
}

function refusal({ method, path }: Request, methods: readonly string[]): RequestError {
  if (methods.length === 0) {
    return new RequestError('not_found', 'no_such_path', 'There is nothing under this path.');
  }
  const instead = `It has ${methods.join(', ')}.`;
  return new RequestError(
    'method_not_allowed',
    'no_such_method',
    `${path} has no ${method}. ${instead}`,
  );
}

/** The paths of the routes as Nest wrote them: text, and names after a colon. */
function pathsOf(app: Application): readonly KnownPath[] {
  return app.router.stack.flatMap(({ route }) => {
    // Nest answers its own paths for every method too, to keep the prefix of the API off them.
    if (route === undefined || route.stack.length > 1) return [];
    const path = route.path.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const pattern = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}/?$`);
    return [{ pattern, methods: route.stack.map(({ method }) => method.toUpperCase()) }];
  });
}
