import { z } from 'zod';
import { filterParameters } from '../http/filter-parameters.ts';
import { momentParameters } from '../http/moment-parameters.ts';
import { instant, integer } from '../http/query-parameters.ts';
import { inOrder } from '../http/span-parameters.ts';

/** Lists and exports: what occurred when, what passes the filter, as of when. */
const periodParameters = { from: instant.optional(), to: instant.optional() };

export const exportQuery = z
  .strictObject({
    ...periodParameters,
    ...filterParameters,
    ...momentParameters,
  })
  .refine(...inOrder('from', 'to'));

export const listQuery = z
  .strictObject({
    ...periodParameters,
    ...filterParameters,
    ...momentParameters,
    order: z.enum(['recorded', 'occurred']).optional(),
    cursor: z.string().min(1).max(400).optional(),
    limit: integer(1, 500).optional(),
  })
  .refine(...inOrder('from', 'to'));
