import { Controller, Get, Headers, Query } from '@nestjs/common';
import { z } from 'zod';
import { READ_KINDS, type ReadPage } from '../contract/reads.ts';
import { Answers } from '../http/answers.ts';
import { instant, integer, split } from '../http/query-parameters.ts';
import { readPage } from '../http/reads-schema.ts';
import { inOrder } from '../http/span-parameters.ts';
import { Access, OFFICER_HEADER } from './access.ts';
import { ReadAudit } from './read-audit.ts';

const parameters = z
  .strictObject({
    limit: integer(1, 500).meta({ description: '100 unless told.' }).optional(),
    cursor: integer(1, Number.MAX_SAFE_INTEGER)
      .meta({ description: '`next` of the page before.' })
      .optional(),
    kind: z.enum(READ_KINDS).optional(),
    officer: z.string().max(100).meta({ description: 'Id of the officer who looked.' }).optional(),
    from: instant.meta({ description: 'Only what was looked at from this instant on.' }).optional(),
    to: instant.meta({ description: 'Only what was looked at before this instant.' }).optional(),
  })
  .refine(...inOrder('from', 'to'));
/** A screen and a bit. */
const PAGE = 100;

/** Who looked at what. It stands beside the log and is no part of it, so it has no moment of the log. */
@Controller('reads')
export class ReadsController {
  constructor(
    private readonly access: Access,
    private readonly audit: ReadAudit,
  ) {}

  @Get()
  @Answers({
    summary: 'Replays, exports, verifications and views of narrative, newest first.',
    answers: { 200: readPage },
  })
  async page(
    @Query({ schema: parameters }) asked: z.output<typeof parameters>,
    @Headers(OFFICER_HEADER) officer: string | undefined,
  ): Promise<ReadPage> {
    await this.access.viewer(officer);
    const [{ limit = PAGE, cursor }, filter] = split(asked, ['limit', 'cursor']);
    return this.audit.page(
      { ...filter, ...(cursor === undefined ? {} : { before: cursor }) },
      limit,
    );
  }
}
