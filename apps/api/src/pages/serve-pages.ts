import { readFile } from 'node:fs/promises';
import type { Request, RequestHandler, Response } from 'express';
import { accepts } from '../http/accepted-encoding.ts';
import { answerProblem } from '../http/answer-problem.ts';
import type { NodeConfig } from '../config.ts';
import { chosenLocale } from './chosen-locale.ts';
import type { PageFile, SiteMap } from './site-map.ts';

/**
 * Serves the screens: files of the export, compressed at build, each page with its own
 * Content-Security-Policy. What belongs to the API, the health checks and the socket passes by.
 */
const NOT_PAGES = /^\/(api|health|live)(\/|$)/;

export function servePages(site: SiteMap | undefined, sort: NodeConfig['sort']): RequestHandler {
  return (request, response, next) => {
    if (NOT_PAGES.test(request.path)) {
      next();
      return;
    }
    if (site === undefined) {
      notBuilt(response);
      return;
    }
    // Before the centre has answered, a page keeps the places of what only an exercise has.
    response.setHeader('Server-Timing', `centre;desc="${sort}"`);
    answerPage(site, request, response).catch((error: unknown) => {
      answerProblem(request, response, error);
    });
  };
}

async function answerPage(site: SiteMap, request: Request, response: Response): Promise<void> {
  if (request.path === '/' && site.locales.length > 0) {
    const { cookie, 'accept-language': languages } = request.headers;
    const query = request.originalUrl.slice(request.path.length);
    response.setHeader('Cache-Control', 'no-cache');
    response.setHeader('Vary', 'Cookie, Accept-Language');
    response.redirect(302, `/${chosenLocale(site.locales, cookie, languages)}/${query}`);
    return;
  }
  const file = site.files.get(pathOf(request));
  if (file !== undefined) await sendFile(file, 200, request, response);
  else if (site.notFound !== undefined) await sendFile(site.notFound, 404, request, response);
}

/** Next asks for payloads such as `/en/__next.$d$locale.txt`, percent-encoded or not. */
function pathOf(request: Request): string {
  try {
    return decodeURIComponent(request.path);
  } catch (error) {
    if (error instanceof URIError) return request.path;
    throw error;
  }
}

async function sendFile(
  file: PageFile,
  status: 200 | 404,
  request: Request,
  response: Response,
): Promise<void> {
  const accepted = request.headers['accept-encoding'];
  const encoding = file.encodings.find((each) => accepts(each, accepted));
  response.setHeader('Content-Type', file.type);
  response.setHeader('Cache-Control', file.cache);
  response.setHeader('Vary', 'Accept-Encoding');
  if (file.csp !== undefined) response.setHeader('Content-Security-Policy', file.csp);
  if (file.etag !== undefined && status === 200) {
    // One tag for each form: a strong tag promises equal bytes.
    const etag = `"${file.etag}${encoding === undefined ? '' : `-${encoding}`}"`;
    response.setHeader('ETag', etag);
    if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) {
      response.status(304).end();
      return;
    }
  }
  if (encoding !== undefined) response.setHeader('Content-Encoding', encoding);
  const suffix = encoding === undefined ? '' : encoding === 'br' ? '.br' : '.gz';
  const bytes = await readFile(`${file.path}${suffix}`);
  response.status(status).setHeader('Content-Length', bytes.length);
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

const NOT_BUILT = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Ceasewatch</title>
<h1>The screens have not been built</h1>
<p>This node is running and its API answers under <a href="/api/openapi.json">/api</a>, but there are
no screens to show. Stop it and start it again with <code>npm start</code>, which builds them.</p>
</html>
`;

function notBuilt(response: Response): void {
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Cache-Control', 'no-store');
  response.status(503).type('html').send(NOT_BUILT);
}
