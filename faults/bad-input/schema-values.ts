import fc from 'fast-check';
import { z } from 'zod';

/**
 * Values that fit a JSON Schema, as the API's document has them: made of the zod schemas that check what
 * comes in, so whatever they learn is tried without anybody writing it down again.
 */
export const jsonSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  get anyOf() {
    return z.array(jsonSchema).optional();
  },
  get oneOf() {
    return z.array(jsonSchema).optional();
  },
  get properties() {
    return z.record(z.string(), jsonSchema).optional();
  },
  get items() {
    return jsonSchema.optional();
  },
  required: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minItems: z.number().optional(),
  maxItems: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
});
export type JsonSchema = z.infer<typeof jsonSchema>;

/** Longer texts are tried by tests of their own. */
const LONGEST = 300;
const MOST_ITEMS = 6;

export class SchemaValues {
  readonly #schemas: Readonly<Record<string, JsonSchema>>;
  readonly #words: readonly string[];

  /** @param words texts that mean something to the node: ids, instants, places */
  constructor(schemas: Readonly<Record<string, JsonSchema>>, words: readonly string[]) {
    this.#schemas = schemas;
    this.#words = words;
  }

  of(schema: JsonSchema): fc.Arbitrary<unknown> {
    const { $ref, enum: values, anyOf, oneOf, type } = schema;
    if ($ref !== undefined) return this.of(this.#schemas[$ref.split('/').at(-1) ?? ''] ?? {});
    if (values !== undefined) return fc.constantFrom(...values);
    const either = anyOf ?? oneOf;
    if (either !== undefined) return fc.oneof(...either.map((each) => this.of(each)));
    switch (type) {
      case 'object':
        return this.#object(schema);
      case 'array':
        return this.#array(schema);
      case 'string':
        return this.#text(schema);
      case 'integer':
        return fc.integer({ min: atLeast(schema), max: atMost(schema) });
      case 'number':
        return fc.double({ min: atLeast(schema), max: atMost(schema), noNaN: true });
      case 'boolean':
        return fc.boolean();
      case 'null':
        return fc.constant(null);
      default:
        return fc.jsonValue();
    }
  }

  #object({ properties = {}, required = [] }: JsonSchema): fc.Arbitrary<unknown> {
    const needed = new Set(required);
    const members = Object.entries(properties).map(([name, each]) => {
      const value = this.of(each).map((made) => [[name, made]] as const);
      return needed.has(name) ? value : fc.oneof(value, fc.constant([]));
    });
    return fc.tuple(...members).map((made) => Object.fromEntries(made.flat()));
  }

  #array({ items = {}, minItems = 0, maxItems = MOST_ITEMS }: JsonSchema): fc.Arbitrary<unknown> {
    const most = Math.max(minItems, Math.min(maxItems, MOST_ITEMS));
    return fc.array(this.of(items), { minLength: minItems, maxLength: most });
  }

  #text({ pattern, minLength = 0, maxLength = LONGEST }: JsonSchema): fc.Arbitrary<string> {
    const known = fc.constantFrom(...this.#words);
    if (pattern !== undefined) return fc.oneof(fc.stringMatching(new RegExp(pattern)), known);
    const most = Math.max(minLength, Math.min(maxLength, LONGEST));
    const any = fc.string({ minLength, maxLength: most, unit: 'grapheme' });
    return fc.oneof(any, known, known);
  }
}

function atLeast({ minimum = -(2 ** 31) }: JsonSchema): number {
  return minimum;
}

function atMost({ maximum = 2 ** 31 - 1 }: JsonSchema): number {
  return maximum;
}
