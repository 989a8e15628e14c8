import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './api-problem.ts';

const RETRIES = 2;

/** How every question to the centre is asked. */
export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // Freshness comes over the live feed; focus and remounting ask nothing.
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        // A node may run on this very machine: a browser that calls itself offline still asks.
        networkMode: 'always',
        retry,
      },
    },
  });
}

function retry(failures: number, error: Error): boolean {
  return failures < RETRIES && isPassing(error);
}

/** For what is asked before it is shown: while the node is away, whoever shows it shall know at once. */
export const AHEAD = {
  retry: (failures: number, error: Error) => !isAway(error) && retry(failures, error),
} as const;

/** Nobody answered. */
export function isAway(error: Error): boolean {
  return error instanceof ApiProblem && error.code === 'network';
}

/** Asks again what is on the screen and could not be had for a reason that passes. */
export async function askFailedAgain(queries: QueryClient): Promise<void> {
  await queries.refetchQueries({
    type: 'active',
    predicate: ({ state }) => state.status === 'error' && isPassing(state.error),
  });
}

/** An answer that may be another one in a moment; a refusal stays one. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof ApiProblem &&
    (error.code === 'network' || error.status >= 500 || error.status === 429)
  );
}
