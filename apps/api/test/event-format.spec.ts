// docs/event-format.md is what a stranger writes a second verifier from, so its tables are held to the
// schemas, its lists to the enumerations, its vectors to the bytes and its file to the tables.
import { describe, expect, test } from '@jest/globals';
import { CEASEFIRE_EVENTS } from '@ceasewatch/domain/ceasefire/ceasefire.events';
import { CENTRE_EVENTS } from '@ceasewatch/domain/centre/centre.events';
import { logOpened } from '@ceasewatch/domain/log/log.events';
import { OBSERVATION_EVENTS } from '@ceasewatch/domain/observation/observation.events';
import { envelopeSchema } from '@ceasewatch/domain/recorded-event';
import { KNOWN_TYPES } from '@ceasewatch/domain/upcast';
import { DISCLOSURE_VECTOR, EVENT_VECTORS } from '@ceasewatch/tlog/event-format.vectors';
import { z } from 'zod';
import { readSource } from '../../../scripts/source-tree.ts';

const page = readSource('docs/event-format.md').text;
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  'log.opened.v1': logOpened,
  ...CENTRE_EVENTS,
  ...CEASEFIRE_EVENTS,
  ...OBSERVATION_EVENTS,
};

/** Field → `always` or `optional`, in one text, so that whole shapes can be compared. */
type Fields = ReadonlyMap<string, string>;

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly enum?: readonly string[];
}

/** The rows of a table whose first cell is a field and whose second says whether it is needed. */
function rowsOf(section: string): Fields {
  const rows = section.matchAll(/^\| `([\w_]+)`\s*\| (always|optional)\s*\|/gm);
  return new Map([...rows].map(([, field = '', needed = '']) => [field, needed]));
}

/** Heading → the fields of the table below it. */
function tables(text: string, level: string): ReadonlyMap<string, Fields> {
  const sections = text.split(new RegExp(`^${level} `, 'm')).slice(1);
  return new Map(
    sections.map((section) => {
      const [heading = '', ...body] = section.split('\n');
      return [heading.replaceAll('`', ''), rowsOf(body.join('\n'))];
    }),
  );
}

function fieldsOf({ properties = {}, required = [] }: JsonSchema): Fields {
  return new Map(
    Object.keys(properties).map((field) => [
      field,
      required.includes(field) ? 'always' : 'optional',
    ]),
  );
}

function written(fields: Fields): string {
  return [...fields]
    .map(([field, needed]) => `${field} ${needed}`)
    .sort()
    .join(', ');
}

/** Objects that differ only in which north they need are one table with optional rows. */
function merged(shapes: readonly JsonSchema[]): readonly Fields[] {
  const all = shapes.map(fieldsOf);
  if (!all.every((fields) => fields.has('north'))) return all;
  const names = new Set(all.flatMap((fields) => [...fields.keys()]));
  return [
    new Map(
      [...names].map((name) => [
        name,
        all.every((fields) => fields.get(name) === 'always') ? 'always' : 'optional',
      ]),
    ),
  ];
}

interface Found {
  readonly shapes: Set<string>;
  readonly lists: Set<string>;
}

/** Every object within a schema and every closed list, however deep. */
function gather(schema: JsonSchema, found: Found): void {
  if (schema.enum !== undefined) found.lists.add(schema.enum.join(' '));
  const objects = [schema, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter(
    ({ properties }) => properties !== undefined,
  );
  if (objects.length > 0) {
    for (const fields of merged(objects)) found.shapes.add(written(fields));
  }
  const { items = [] } = schema;
  const below = [
    ...objects.flatMap(({ properties }) => Object.values(properties ?? {})),
    ...[items].flat(),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].filter((each) => !objects.includes(each)),
  ];
  for (const each of below) gather(each, found);
}

function jsonOf(schema: z.ZodType): JsonSchema {
  // Zod writes JSON Schema; only the members named above are read.
  return z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema;
}

function foundIn(schema: z.ZodType): Found {
  const found = { shapes: new Set<string>(), lists: new Set<string>() };
  gather(jsonOf(schema), found);
  return found;
}

function sectionOf(heading: string): string {
  return page.split(/^## /m).find((section) => section.startsWith(`${heading}\n`)) ?? '';
}

describe('the format of the log', () => {
  test('has a table for every type of event, and for no other', () => {
    expect([...tables(sectionOf('The types'), '###').keys()].sort()).toEqual(
      KNOWN_TYPES.toSorted(),
    );
  });
  test.each(Object.keys(SCHEMAS))('has every field of %s', (type) => {
    const told = tables(sectionOf('The types'), '###').get(type) ?? new Map();
    expect(written(told)).toBe(written(fieldsOf(jsonOf(SCHEMAS[type] ?? z.never()))));
  });
  test('has every shape within them, and no other', () => {
    const types = Object.values(SCHEMAS).map((schema) => written(fieldsOf(jsonOf(schema))));
    const within = new Set(Object.values(SCHEMAS).flatMap((schema) => [...foundIn(schema).shapes]));
    for (const type of types) within.delete(type);
    const told = [...tables(sectionOf('The shapes within'), '###').values()].map(written);
    expect(told.toSorted()).toEqual([...within].toSorted());
  });
  test('has every attribute of the envelope', () => {
    const told = rowsOf(sectionOf('An event and its leaf'));
    expect(written(told)).toBe(written(fieldsOf(jsonOf(envelopeSchema))));
  });
  test('has every closed list in its order, and no other', () => {
    const lists = new Set(
      [...Object.values(SCHEMAS), envelopeSchema].flatMap((schema) => [...foundIn(schema).lists]),
    );
    const rows = sectionOf('The closed lists').matchAll(/^\| [^|`]+\| (`[^|]+?)\s*\|$/gm);
    const told = [...rows].map(([, words = '']) => words.replaceAll(/[`,]/g, ''));
    expect(told.toSorted()).toEqual([...lists].toSorted());
  });
  test('has the vectors byte for byte', () => {
    const { name, value, disclosure, digest } = DISCLOSURE_VECTOR;
    expect(name).toBe('narrative');
    const vectors = [
      ...EVENT_VECTORS.flatMap(({ leaf, leafHash, chain }) => [leaf, leafHash, chain]),
      value,
      disclosure,
      digest,
    ];
    expect(vectors.filter((vector) => !page.includes(vector))).toEqual([]);
  });
  test('has the tables of the embedded log as they are made', () => {
    const made = readSource('apps/api/src/event-log/sqlite-connection.ts').text;
    const told = /```sql\n([^`]+)```/.exec(page)?.[1] ?? 'no tables';
    expect(made).toContain(told);
  });
});
