import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  Controller,
  Headers,
  Inject,
  type OnModuleInit,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import type { Request, Response } from 'express';
import { refuse } from '@ceasewatch/domain/refusal';
import { z } from 'zod';
import { Access, OFFICER_HEADER } from '../access/access.ts';
import type { ImportLine } from '../contract/import.ts';
import { isEventLogError } from '../event-log/event-log-error.ts';
import { Answers, COMMAND_PROBLEMS } from '../http/answers.ts';
import { flag } from '../http/query-parameters.ts';
import { RequestError } from '../http/request-error.ts';
import { Traffic } from '../http/traffic.ts';
import { READ_MODEL_SETTINGS } from '../read-model/read-model.module.ts';
import type { ReadModelSettings } from '../read-model/read-model.ts';
import { ImportError } from './import-error.ts';
import { Importer, type ImportRequest } from './importer.ts';
import { folderForTable, receiveTable, removeLeftTables } from './received-tables.ts';

/** The path whose body is CSV and is not read by the reader of JSON bodies. */
export const IMPORT_PATH = '/api/imports';

const importParameters = z.strictObject({
  layout: z
    .string()
    .max(60)
    .meta({ description: 'Name of a layout; without it the header decides.' })
    .optional(),
  mapping: z
    .string()
    .max(12_000)
    .meta({ description: 'A mapping file as JSON text, for any other layout.' })
    .optional(),
  dryRun: flag.meta({ description: 'Judge every row and record none.' }).optional(),
  intoExercise: flag.meta({ description: 'Real rows into an exercise, deliberately.' }).optional(),
});

type AskedImport = Pick<ImportRequest, 'actor' | 'viewer'> & z.output<typeof importParameters>;

@Controller('imports')
export class ImportController implements OnModuleInit {
  constructor(
    private readonly importer: Importer,
    private readonly access: Access,
    @Inject(READ_MODEL_SETTINGS) private readonly settings: ReadModelSettings,
    private readonly traffic: Traffic,
  ) {}

  async onModuleInit(): Promise<void> {
    await removeLeftTables(this.settings.folder);
  }

  @Post()
  @Answers({
    summary: 'Imports a CSV table: one line of result a row as NDJSON, then a summary.',
    answers: { 200: 'application/x-ndjson' },
    problems: COMMAND_PROBLEMS,
  })
  async import(
    @Query({ schema: importParameters }) asked: z.output<typeof importParameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    if (!/^text\/csv\b/i.test(request.headers['content-type'] ?? '')) {
      throw new RequestError(
        'unsupported_media_type',
        'not_text_csv',
        'The content type must be text/csv (UTF-8).',
      );
    }
    const [actor, viewer] = [await this.access.actor(officer), await this.access.viewer(officer)];
    await this.traffic.tables.hold(() =>
      this.#carryIn(request, response, { actor, viewer, ...asked }),
    );
  }

  async #carryIn(
    request: Request,
    response: Response,
    { dryRun = false, intoExercise = false, ...asked }: AskedImport,
  ): Promise<void> {
    const folder = await folderForTable(this.settings.folder);
    try {
      const file = join(folder, 'table.csv');
      await receiveTable(request, file);
      const table = createReadStream(file);
      await answer(this.importer.run(table, { ...asked, dryRun, intoExercise }), response);
    } finally {
      await rm(folder, { recursive: true });
    }
  }
}

/** What is wrong with the file as a whole is a problem as long as nothing was answered, then a line. */
async function answer(lines: AsyncGenerator<ImportLine>, response: Response): Promise<void> {
  const first = await lines.next().catch((error: unknown) => {
    throw error instanceof ImportError ? refusalOf(error) : error;
  });
  response.status(200).type('application/x-ndjson');
  await pipeline(Readable.from(text(first, lines)), response);
}

/** A packet a line would cost more than the line. */
const TOLD_AT_ONCE = 16_384;
const TOLD_EVERY_MS = 100;

async function* text(
  first: IteratorResult<ImportLine, unknown>,
  rest: AsyncGenerator<ImportLine>,
): AsyncGenerator<string> {
  let lines = '';
  let told = performance.now();
  try {
    if (first.done !== true) lines = `${JSON.stringify(first.value)}\n`;
    for await (const line of rest) {
      lines += `${JSON.stringify(line)}\n`;
      if (lines.length < TOLD_AT_ONCE && performance.now() - told < TOLD_EVERY_MS) continue;
      yield lines;
      lines = '';
      told = performance.now();
    }
    yield lines;
  } catch (error) {
    // The answer has begun; without its summary it is an import that did not reach the end.
    if (lines !== '') yield lines;
    yield `${JSON.stringify(stoppedBy(error))}\n`;
  }
}

/** @throws the error itself where it is a fault of ours */
function stoppedBy(error: unknown): ImportLine {
  if (error instanceof ImportError) {
    const { code, message, line } = error;
    return { stopped: { code, message, ...(line === undefined ? {} : { line }) } };
  }
  if (!isEventLogError(error, 'store_unavailable', 'outcome_unknown', 'storage_full')) throw error;
  const { code } = error;
  const message = `The log cannot be written now (${error.message}). Send the same table again when it can: the rows told so far are there, and it goes on from them.`;
  return { stopped: { code, message } };
}

function refusalOf({ code, message }: ImportError) {
  const field = code === 'bad_mapping' ? 'mapping' : code === 'unknown_layout' ? 'layout' : 'file';
  return refuse('invalid', {
    field,
    reason: code,
    params: { said: message },
  });
}
