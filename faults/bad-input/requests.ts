import fc from 'fast-check';
import { z } from 'zod';
import { nearly } from './nearly.ts';
import { jsonSchema, SchemaValues } from './schema-values.ts';

/** A request to any endpoint, as it goes over the wire. */
export interface FuzzRequest {
  readonly method: string;
  /** As in the document: `/api/events/{seq}`. */
  readonly route: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const operation = z.object({
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), schema: jsonSchema.default({}) }))
    .default([]),
  requestBody: z
    .object({ content: z.record(z.string(), z.object({ schema: jsonSchema })) })
    .optional(),
});
/** What is read of `/api/openapi.json`. */
export const apiDocument = z.object({
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), jsonSchema) }),
});
type Operation = z.infer<typeof operation>;

/** A body that is recorded, of which pieces are exchanged: most that is made up is not. */
export type Plausible = Readonly<Record<string, unknown>>;

/**
 * Valid and nearly valid requests to everything that the API's document names.
 * @param document the answer of `/api/openapi.json`
 */
export function requestsOf(
  document: unknown,
  words: readonly string[],
  report: Plausible,
): fc.Arbitrary<FuzzRequest> {
  const { paths, components } = apiDocument.parse(document);
  const values = new SchemaValues(components.schemas, words);
  const all = Object.entries(paths).flatMap(([route, methods]) =>
    Object.entries(methods).map(([method, each]) => {
      const request = requestOf(route, method.toUpperCase(), each, values, report);
      // What is recorded matters most, and has the most ways to be wrong.
      return { arbitrary: request, weight: route === '/api/observations' ? 12 : 1 };
    }),
  );
  return fc.oneof(...all);
}

function requestOf(
  route: string,
  method: string,
  { parameters, requestBody }: Operation,
  values: SchemaValues,
  report: Plausible,
): fc.Arbitrary<FuzzRequest> {
  const [json] = Object.values(requestBody?.content ?? {});
  const made = json === undefined ? fc.string() : values.of(json.schema);
  const id = fc.uuid({ version: 7 });
  const mixed = fc
    .tuple(made, id)
    .map(([value, fresh]) => ({ ...Object(value), ...report, id: fresh }));
  const few = fc
    .tuple(made, fc.nat(30), id)
    .map(([value, which, fresh]) => ({ ...report, ...oneOf(Object(value), which), id: fresh }));
  const content = route === '/api/observations' ? fc.oneof(made, mixed, few, few) : made;
  const body = fc.oneof(content, nearly(content)).map((value) => JSON.stringify(value) ?? '');
  return fc
    .record({
      path: pathOf(route, parameters, values),
      query: queryOf(parameters, values),
      headers: headersOf(parameters, values),
      body,
    })
    .map(({ path, query, headers, body: text }) => ({
      method,
      route,
      path: query === '' ? path : `${path}?${query}`,
      headers,
      ...(method === 'POST' ? { body: text } : {}),
    }));
}

/** One member of a value, by number. */
function oneOf(value: object, which: number): object {
  const members = Object.entries(value);
  return Object.fromEntries(
    members.length === 0 ? [] : [members[which % members.length] ?? ['', 0]],
  );
}

type Parameters = Operation['parameters'];

function named(parameters: Parameters, place: string, values: SchemaValues) {
  return parameters
    .filter((each) => each.in === place)
    .map(({ name, schema }) => {
      const fitting = values.of(schema);
      return { name, value: fc.oneof({ arbitrary: fitting, weight: 4 }, fc.string()).map(inWords) };
    });
}

function pathOf(route: string, parameters: Parameters, values: SchemaValues) {
  const places = named(parameters, 'path', values);
  return fc.tuple(...places.map(({ value }) => value)).map((texts) =>
    places.reduce((path, { name }, at) => {
      return path.replace(`{${name}}`, encodeURIComponent(texts[at] ?? ''));
    }, route),
  );
}

function queryOf(parameters: Parameters, values: SchemaValues): fc.Arbitrary<string> {
  const known = named(parameters, 'query', values).map(({ name, value }) =>
    value.map((text) => `${name}=${encodeURIComponent(text)}`),
  );
  const unknown = fc
    .tuple(fc.string(), fc.string())
    .map((pair) => pair.map(encodeURIComponent).join('='));
  const raw = fc.string().map((text) => encodeURI(text.toWellFormed()).replaceAll('#', ''));
  const any = fc.oneof(...known, ...known, unknown, raw);
  return fc.array(any, { maxLength: 3 }).map((parts) => parts.join('&'));
}

function headersOf(parameters: Parameters, values: SchemaValues) {
  const places = named(parameters, 'header', values);
  const each = places.map(({ name, value }) =>
    value.map((text) => [name, asHeader(text)] as const),
  );
  const sent = fc.tuple(...each).map((headers): Readonly<Record<string, string>> => {
    return Object.fromEntries(headers);
  });
  return fc.oneof({ arbitrary: fc.constant({}), weight: 4 }, sent);
}

/** What no header may hold is no request; that is tried byte by byte elsewhere. */
function asHeader(text: string): string {
  return text.replaceAll(/[^\t\x20-\x7e]/g, '').trim();
}

function inWords(value: unknown): string {
  return (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed();
}
