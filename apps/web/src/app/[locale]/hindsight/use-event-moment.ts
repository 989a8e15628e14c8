'use client';

import { MINUTE_MS } from '@ceasewatch/domain/measure/instant';
import { useEffect } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { instantOf, millis } from '../../../format/instants.ts';
import { changeAddress } from '../../../shell/change-address.ts';
import { useLogEntry } from '../log/use-log-entry.ts';

/** What became of the event whose time is asked about. */
export type Finding =
  { readonly state: 'nothing' | 'none' } | { readonly state: 'finding'; readonly seq: number };

/**
 * Puts the end of the minute in which an event was recorded into the address, in place of the event: then
 * everything that is told of the moment has known it.
 */
export function useEventMoment(event: number | null): Finding {
  const { data, error } = useLogEntry(event ?? 0, event !== null);
  const time = event === null ? undefined : data?.envelope.time;
  useEffect(() => {
    if (time === undefined) return;
    const until = instantOf((Math.floor(millis(time) / MINUTE_MS) + 1) * MINUTE_MS);
    changeAddress((now) => {
      const next = new URLSearchParams(now);
      next.delete('event');
      next.set('until', until);
      return next;
    }, 'replace');
  }, [time]);
  if (event === null) return { state: 'nothing' };
  if (error instanceof ApiProblem && error.code === 'not_found') return { state: 'none' };
  return { state: 'finding', seq: event };
}
