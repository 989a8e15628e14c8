import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { z } from 'zod';
import {
  centreAnswer,
  changesAnswer,
  logAnswer,
  logEntryDetail,
  logPage,
  observationDetail,
  observationPage,
  problem,
  receipt,
  situationAnswer,
} from '../src/http/answer-schemas.ts';
import { NodeUnderTest } from './testing/node-under-test.ts';
import { report } from './testing/reports.ts';

/** The document says what the node does: every route is in it, and every answer fits it. */
let node: NodeUnderTest;
let document: OpenAPIObject;
beforeAll(async () => {
  node = await NodeUnderTest.started();
  document = (await node.get<OpenAPIObject>('/api/openapi.json')).body;
});
afterAll(() => node.end());

interface Layer {
  readonly route?:
    { readonly path: string; readonly methods?: Readonly<Record<string, boolean>> } | undefined;
}

function routesOf(): string[] {
  const stack: readonly Layer[] = node.running.app.getHttpAdapter().getInstance().router.stack;
  return stack.flatMap(({ route }) =>
    route === undefined
      ? []
      : Object.keys(route.methods ?? {}).map(
          (method) => `${method} ${route.path.replace(/:(\w+)/g, '{$1}')}`,
        ),
  );
}

describe('GET /api/openapi.json', () => {
  test('names every route of the API, and no other', () => {
    const named = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const served = routesOf().filter((route) => route.includes(' /api/'));
    expect(named.toSorted()).toEqual(served.toSorted());
    expect(named.length).toBeGreaterThan(14);
  });

  test('tells the problems of every route as problem+json', () => {
    for (const item of Object.values(document.paths)) {
      for (const operation of [item.get, item.post]) {
        if (operation === undefined) continue;
        const problems = Object.entries(operation.responses).filter(
          ([status]) => Number(status) >= 400,
        );
        expect(problems.length).toBeGreaterThan(3);
        for (const [, response] of problems) {
          expect(response).toMatchObject({ content: { 'application/problem+json': {} } });
        }
        expect(operation.summary).toMatch(/\.$/);
      }
    }
  });

  test('describes the bodies by the schemas that check them', () => {
    const post = document.paths['/api/observations']?.post;
    expect(JSON.stringify(post?.requestBody)).toContain('#/components/schemas/ObservationReport');
    const schemas = Object.keys(document.components?.schemas ?? {});
    expect(schemas).toEqual(expect.arrayContaining(['ObservationReport', 'Receipt', 'Problem']));
    const parameters = JSON.stringify(document.paths['/api/observations']?.get?.parameters);
    for (const name of ['kind', 'bbox', 'asOf', 'cursor', 'Ceasewatch-Officer']) {
      expect(parameters).toContain(`"${name}"`);
    }
  });
});

describe('what a report may be answered with', () => {
  test.each(['', '/{id}/corrections', '/{id}/retraction', '/{id}/reinstatement'])(
    'says of each good status of …%s what it means',
    (path) => {
      expect(document.paths[`/api/observations${path}`]?.post?.responses).toMatchObject({
        200: { description: expect.stringContaining('`Idempotent-Replay: true`') },
        201: { description: expect.stringContaining('`Location`') },
        202: { description: expect.stringMatching(/^Recorded .+`number` is `null`/) },
      });
    },
  );
});

describe('every answer', () => {
  test('is told to have a header that says since when it may be old', () => {
    for (const path of ['/api/observations', '/api/observations.csv', '/api/changes', '/api/log']) {
      expect(document.paths[path]?.get?.responses['200']).toMatchObject({
        headers: { 'Ceasewatch-Stale-Since': { schema: { format: 'date-time' } } },
      });
    }
  });

  test('fits its schema', async () => {
    const sent = await node.post('/api/observations', report({ narrative: 'Words.' }));
    const id = String(sent.body['id']);
    const fits = (schema: z.ZodType, body: unknown) => {
      expect(schema.safeParse(body).error?.issues ?? []).toEqual([]);
    };
    fits(receipt, sent.body);
    const cases: readonly (readonly [string, z.ZodType])[] = [
      ['/api/observations', observationPage],
      ['/api/observations?q=1', observationPage],
      [`/api/observations/${id}`, observationDetail],
      ['/api/situation', situationAnswer],
      ['/api/changes?after=-1', changesAnswer],
      ['/api/centre', centreAnswer],
      ['/api/events', logPage],
      ['/api/events/0', logEntryDetail],
      ['/api/log', logAnswer],
      ['/api/nothing', problem],
      ['/api/observations?colour=red', problem],
    ];
    for (const [path, schema] of cases) fits(schema, (await node.get(path)).body);
  });
});
