import type { INestApplication } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { problem } from './answer-schemas.ts';
import { ANSWERED_ROUTES, type AnsweredRoute, problemsOf } from './answers.ts';
import { PROBLEMS } from './problem-table.ts';
import { STALE_SINCE } from './stale-since.ts';

/**
 * The OpenAPI document, made of the routes themselves. Its maker costs a third of a second to load, so
 * it is fetched when somebody asks and not when a node starts.
 */
type Maker = typeof import('@nestjs/swagger');

export async function documentOf(app: INestApplication): Promise<OpenAPIObject> {
  const maker = await import('@nestjs/swagger');
  // Taken out, for a second node of this process finds them described.
  for (const route of ANSWERED_ROUTES.splice(0)) describe(maker, route);
  const base = new maker.DocumentBuilder()
    .setTitle('Ceasewatch')
    .setDescription('One log of what the observers of both parties to a ceasefire saw.')
    .setVersion('1')
    .build();
  const document = maker.SwaggerModule.createDocument(app, base);
  for (const [path, item] of Object.entries(document.paths)) {
    // Health is for whatever watches the process, not for clients.
    if (!path.startsWith('/api/')) delete document.paths[path];
    for (const operation of [item.get, item.post]) {
      for (const [status, response] of Object.entries(operation?.responses ?? {})) {
        if (Number(status) >= 400 && response !== undefined && 'content' in response) {
          asProblem(response);
        }
      }
    }
  }
  return document;
}

function describe(maker: Maker, route: AnsweredRoute): void {
  const { ApiHeader, ApiOperation, ApiResponse } = maker;
  route.decorate(ApiOperation({ summary: route.summary }));
  route.decorate(
    ApiHeader({
      name: 'Ceasewatch-Officer',
      required: false,
      description: 'Id of the officer who acts or looks; the first of the centre unless told.',
    }),
  );
  if (route.fromRevision) {
    const description = 'The revision that was looked at: `"3"` or `3`.';
    route.decorate(ApiHeader({ name: 'If-Match', required: true, description }));
  }
  for (const [status, answer] of Object.entries(route.answers)) {
    route.decorate(
      typeof answer === 'string'
        ? ApiResponse({
            status: Number(status),
            description: answer,
            content: { [answer]: { schema: { type: 'string' } } },
            headers: STALENESS,
          })
        : ApiResponse({
            status: Number(status),
            description: route.means?.[Number(status)] ?? 'Good.',
            standardSchema: answer,
            ...(status === '200' && route.fromRevision !== true ? { headers: STALENESS } : {}),
          }),
    );
  }
  const told = Map.groupBy(problemsOf(route), (code) => PROBLEMS[code].status);
  for (const [status, codes] of told) {
    const description = codes.map((code) => `\`${code}\`: ${PROBLEMS[code].meaning}`).join('\n\n');
    route.decorate(ApiResponse({ status, description, standardSchema: problem }));
  }
}

const STALENESS = {
  [STALE_SINCE]: {
    description: 'Since when nobody knows whether the store has more than this node; else absent.',
    schema: { type: 'string', format: 'date-time' },
  },
} as const;

/** An error is never plain JSON. */
function asProblem(response: { content?: Record<string, unknown> }): void {
  const json = response.content?.['application/json'];
  if (json !== undefined) response.content = { 'application/problem+json': json };
}
