import { readFileSync } from 'node:fs';
import { CEASEFIRE_EVENTS } from '@ceasewatch/domain/ceasefire/ceasefire.events';
import { CENTRE_EVENTS } from '@ceasewatch/domain/centre/centre.events';
import { logOpened } from '@ceasewatch/domain/log/log.events';
import { OBSERVATION_EVENTS } from '@ceasewatch/domain/observation/observation.events';
import { envelopeSchema } from '@ceasewatch/domain/recorded-event';
import { z } from 'zod';
import type { ExportDocument, ExportSchema } from './log-export-lines.ts';

/** What a reader in ten years needs beside the events: the pages that explain them, and their schemas. */
const PAGES = ['export-format.md', 'event-format.md', 'glossary.md'] as const;
const DOCS = new URL('../../../../docs/', import.meta.url);

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  envelope: envelopeSchema,
  'log.opened.v1': logOpened,
  ...CENTRE_EVENTS,
  ...CEASEFIRE_EVENTS,
  ...OBSERVATION_EVENTS,
};

export function exportDocuments(): readonly ExportDocument[] {
  return PAGES.map((name) => ({ name, text: readFileSync(new URL(name, DOCS), 'utf8') }));
}

/** JSON Schema of the envelope and of each type's `data`; `_sd` is described by the page. */
export function exportSchemas(): readonly ExportSchema[] {
  return Object.entries(SCHEMAS).map(([name, schema]) => ({
    name,
    schema: z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }),
  }));
}
