'use client';

import type {
  ObservationDifference,
  ObservationDifferencePage,
} from '@ceasewatch/api/contract/difference';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { getJson } from '../../../api/fetch-json.ts';

/**
 * A sheet of paper has no button for more: before it is printed the rest of the list is fetched, however long
 * it is, and the screen has it until the sheet is done. A list of which a part cannot be had is not printed.
 */
export interface WholeList {
  /** All of them while a sheet is written, otherwise null. */
  readonly items: readonly ObservationDifference[] | null;
  /** How many are there already while the rest is fetched. */
  readonly gathered: number | null;
  readonly error: unknown;
  /** Gathers what is not there yet, then prints; so does the browser's own key. */
  print(): void;
  stop(): void;
}

/** As many as the node gives at once: each page costs it a pass over the columns. */
const PAGE = '200';

/**
 * @param search of the list, without its pages
 * @param shown what the screen has already, null before it has anything
 * @param next where the list goes on behind it, undefined where it ends
 */
export function useWholeList(
  search: URLSearchParams,
  shown: readonly ObservationDifference[] | null,
  next: string | undefined,
): WholeList {
  const [items, setItems] = useState<readonly ObservationDifference[] | null>(null);
  const [gathered, setGathered] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  const stopping = useRef<AbortController | null>(null);
  const asked = search.toString();
  const stop = () => stopping.current?.abort();
  useEffect(() => stop, [asked]);
  useEffect(() => {
    const done = () => setItems(null);
    window.addEventListener('afterprint', done);
    return () => window.removeEventListener('afterprint', done);
  }, []);

  const gather = async (first: readonly ObservationDifference[], signal: AbortSignal) => {
    const all = [...first];
    for (let cursor = next; cursor !== undefined;) {
      setGathered(all.length);
      const page = new URLSearchParams(search);
      page.set('limit', PAGE);
      page.set('cursor', cursor);
      const answer = await getJson<ObservationDifferencePage>('/api/diff/observations', {
        search: page,
        signal,
      });
      signal.throwIfAborted();
      all.push(...answer.items);
      cursor = answer.next;
    }
    return all;
  };

  const run = async () => {
    if (shown === null || gathered !== null) return;
    const controller = new AbortController();
    stopping.current = controller;
    setError(null);
    try {
      const all = await gather(shown, controller.signal);
      // The browser draws the sheet at once, so the list has to stand before it is asked to.
      flushSync(() => {
        setGathered(null);
        setItems(all);
      });
      window.print();
    } catch (fault) {
      setGathered(null);
      if (!controller.signal.aborted) setError(fault);
    }
  };
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  const isWhole = next === undefined;
  useEffect(() => {
    if (isWhole) return undefined;
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'p')
        return;
      event.preventDefault();
      void latest.current();
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, [isWhole]);
  return { items, gathered, error, print: () => void run(), stop };
}
