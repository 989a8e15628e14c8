import { z } from 'zod';

/**
 * Event 0 of every log. It fixes what can never change: the log's identity, whether everything in it
 * is an exercise, and the rule by which leaves are hashed.
 */
export const logOpened = z.strictObject({
  logId: z.string(),
  exercise: z.boolean(),
  leafRule: z.literal(1),
});

export interface LogOpened {
  readonly type: 'log.opened.v1';
  readonly data: z.infer<typeof logOpened>;
}
