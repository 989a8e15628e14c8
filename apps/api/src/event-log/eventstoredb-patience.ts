/** How long an append to the store is tried. */
export interface Patience {
  /** How long an append is tried that may have been sent. */
  readonly allTriesMs: number;
  /** How long one is tried that never left this process. */
  readonly notSentMs: number;
}

export const PATIENCE: Patience = { allTriesMs: 12_000, notSentMs: 3_000 };

/** Until when somebody is kept waiting, by `performance.now()`. */
export interface Until {
  readonly sent: number;
  readonly notSent: number;
}

export function untilOf({ allTriesMs, notSentMs }: Patience = PATIENCE): Until {
  const now = performance.now();
  return { sent: now + allTriesMs, notSent: now + notSentMs };
}
