import type { z } from 'zod';

/**
 * A schema as a plain test that makes nothing: no copy, no list of what is wrong. Whoever reads a million
 * events asks it first, and asks the schema itself only where it says no.
 *
 * @returns a test that says true only of what the schema accepts and leaves as it is; false says nothing
 */
export function testOf(schema: z.core.$ZodType): SchemaTest {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const isOfType = typeTest(def);
  const checks = (def.checks ?? []).map(checkTest);
  if (checks.length === 0) return isOfType;
  return (value) => {
    if (!isOfType(value)) return false;
    for (const check of checks) if (!check(value)) return false;
    return true;
  };
}

export type SchemaTest = (value: unknown) => boolean;

const knowsNothing: SchemaTest = () => false;

/** Kinds of schemas that change nothing of what they accept. */
function typeTest(def: z.core.$ZodTypes['_zod']['def']): SchemaTest {
  switch (def.type) {
    case 'string':
      return (value) => typeof value === 'string';
    case 'number':
      return numberTest(def);
    case 'boolean':
      return (value) => typeof value === 'boolean';
    case 'null':
      return (value) => value === null;
    case 'unknown':
      return () => true;
    case 'literal':
      return oneOf(def.values);
    case 'enum':
      return oneOf(Object.values(def.entries));
    case 'optional':
      return testOf(def.innerType);
    case 'nullable':
      return orNull(testOf(def.innerType));
    case 'array':
      return listOf(testOf(def.element));
    case 'union':
      return anyOf(def.options.map(testOf));
    case 'record':
      return recordTest(def);
    case 'object':
      return objectTest(def);
    default:
      return knowsNothing;
  }
}

function numberTest(def: z.core.$ZodNumberDef): SchemaTest {
  if (!('format' in def)) return (value) => typeof value === 'number' && Number.isFinite(value);
  return def.format === 'safeint' ? (value) => Number.isSafeInteger(value) : knowsNothing;
}

function oneOf(values: readonly unknown[]): SchemaTest {
  const [only] = values;
  if (values.length === 1) return (value) => value === only;
  const among = new Set(values);
  return (value) => among.has(value);
}

function orNull(test: SchemaTest): SchemaTest {
  return (value) => value === null || test(value);
}

function listOf(test: SchemaTest): SchemaTest {
  return (value) => Array.isArray(value) && value.every(test);
}

function anyOf(tests: readonly SchemaTest[]): SchemaTest {
  return (value) => tests.some((test) => test(value));
}

/** Names of any sort, and of their values only that they may be anything. */
function recordTest({ keyType, valueType }: z.core.$ZodRecordDef): SchemaTest {
  const isOpen = [keyType, valueType].map((each) => {
    const { def } = (each as z.core.$ZodTypes)._zod;
    return def.type === 'unknown' || (def.type === 'string' && def.checks === undefined);
  });
  if (!isOpen.every(Boolean)) return knowsNothing;
  // That one name is left out of what a record accepts.
  return (value) => isMembers(value) && !Object.hasOwn(value, '__proto__');
}

/** A plain object with the members that it must have, and no others than it may. */
function objectTest({ shape }: z.core.$ZodObjectDef): SchemaTest {
  const members = Object.entries(shape).map(([name, member]) => {
    const isOptional = (member as z.core.$ZodTypes)._zod.def.type === 'optional';
    return { name, isOptional, test: testOf(member) };
  });
  return (value) => {
    if (!isMembers(value)) return false;
    let known = 0;
    for (const { name, isOptional, test } of members) {
      const member = value[name];
      if (member === undefined ? !isOptional : !test(member)) return false;
      if (member !== undefined) known += 1;
    }
    for (const _ in value) known -= 1;
    return known === 0;
  };
}

function isMembers(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is checked of a value of the right type; what is not known here is asked of the check itself. */
function checkTest(check: z.core.$ZodCheck<never>): SchemaTest {
  const { def } = (check as z.core.$ZodChecks)._zod;
  switch (def.check) {
    case 'min_length':
      return (value) => lengthOf(value) >= def.minimum;
    case 'max_length':
      return (value) => lengthOf(value) <= def.maximum;
    case 'greater_than':
      return comparedWith(def, (value, limit) => value > limit);
    case 'less_than':
      return comparedWith(def, (value, limit) => value < limit);
    case 'string_format':
      if (def.format === 'regex' && def.pattern?.flags === '') return matching(def.pattern);
      return askedOf(check);
    default:
      return askedOf(check);
  }
}

/** NaN, which no comparison holds for, of what has none. */
function lengthOf(value: unknown): number {
  return typeof value === 'string' || Array.isArray(value) ? value.length : Number.NaN;
}

function comparedWith(
  { value: limit, inclusive }: Pick<z.core.$ZodCheckGreaterThanDef, 'value' | 'inclusive'>,
  isBeyond: (value: number, limit: number) => boolean,
): SchemaTest {
  if (typeof limit !== 'number') return knowsNothing;
  return (value) =>
    typeof value === 'number' && (isBeyond(value, limit) || (inclusive && value === limit));
}

function matching(pattern: RegExp): SchemaTest {
  return (value) => typeof value === 'string' && pattern.test(value);
}

function askedOf(check: z.core.$ZodCheck<never>): SchemaTest {
  return (value) => {
    const payload: z.core.ParsePayload = { value, issues: [] };
    // What answers later, or makes something else of the value, is for the schema to say.
    const later = (check as z.core.$ZodCheck<unknown>)._zod.check(payload);
    return later === undefined && payload.issues.length === 0 && Object.is(payload.value, value);
  };
}
