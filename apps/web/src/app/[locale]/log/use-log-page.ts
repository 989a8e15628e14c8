'use client';

import type { Page } from '@ceasewatch/api/contract/answer';
import type { LogEntry } from '@ceasewatch/api/contract/log';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { getJson } from '../../../api/fetch-json.ts';
import { mineOf, useGeneration, useLiveValue } from '../../../live/use-live.ts';
import { joined, loadLogPage, type LogPage, type LogQuestion, PAGE_SIZE } from './log-page.ts';

/** What the log shows follows the log once a second at most: rows that jump ten times cannot be read. */
const REFRESH_MS = 1_000;

export interface LogPageInHand {
  readonly page: LogPage | undefined;
  readonly error: Error | null;
  /** Another page than this one has been asked for and is on its way. */
  readonly turning: boolean;
  retry(): void;
  /** Keeps the present rows as the page that another question would answer. */
  keepAs(question: LogQuestion, page: LogPage): void;
}

/** @param follows whether new events may join the newest place now */
export function useLogPage(question: LogQuestion, follows: boolean): LogPageInHand {
  const mine = useLiveValue(mineOf);
  const generation = useGeneration();
  const queries = useQueryClient();
  const key = keyOf(question, generation);
  const { data, error, isPlaceholderData, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => loadLogPage((search) => askEvents(search, signal), question),
    placeholderData: keepPreviousData,
  });
  const refreshed = useRef(0);
  const asking = useRef(false);
  const behind = data !== undefined && !isPlaceholderData && mine > data.head;

  useEffect(() => {
    if (
      !follows ||
      !behind ||
      asking.current ||
      question.place.at !== 'newest' ||
      question.asOf !== null
    )
      return;
    const wait = Math.max(0, refreshed.current + REFRESH_MS - performance.now());
    const timer = setTimeout(() => {
      asking.current = true;
      void freshEvents(data.head, question)
        .then((fresh) => {
          const next = joined(data, fresh, PAGE_SIZE);
          if (next === null) return queries.invalidateQueries({ queryKey: key });
          queries.setQueryData(key, next);
          return undefined;
        })
        // Not reached: the connection pill says so, and the next event tries again.
        .catch((error: unknown) => {
          if (!(error instanceof ApiProblem)) reportError(error);
        })
        .finally(() => {
          asking.current = false;
          refreshed.current = performance.now();
        });
    }, wait);
    return () => clearTimeout(timer);
    // `key` and `question` are new objects each time; the log's own numbers say when to look again.
  }, [follows, behind, mine, data, question, key, queries]);

  return {
    page: data,
    error,
    turning: isPlaceholderData,
    retry: () => void refetch(),
    keepAs: (other, page) => void queries.setQueryData(keyOf(other, generation), page),
  };
}

/** A million events may have come since; a page is all that can be shown of them. */
async function freshEvents(head: number, { filter }: LogQuestion): Promise<Page<LogEntry>> {
  const search = new URLSearchParams({
    ...filter,
    after: head.toString(),
    limit: PAGE_SIZE.toString(),
  });
  return askEvents(search);
}

async function askEvents(search: URLSearchParams, signal?: AbortSignal): Promise<Page<LogEntry>> {
  return getJson<Page<LogEntry>>('/api/events', {
    search,
    ...(signal === undefined ? {} : { signal }),
  });
}

function keyOf({ place, filter, asOf }: LogQuestion, generation: number): readonly unknown[] {
  return ['log', place, filter, asOf, generation];
}
