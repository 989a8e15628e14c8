import { z } from 'zod';

/** What a client may say on the socket, read as hostile input: anything else ends the connection. */
export const joinSchema = z.strictObject({
  log: z.string().max(64).optional(),
  feed: z.literal('shared'),
  after: z.int().min(-1),
});

export const ackSchema = z.strictObject({ seq: z.int().min(-1) });
