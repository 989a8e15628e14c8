import { useEffect, useMemo, useState } from 'react';
import { BLOCK, blocksOf } from './log-blocks.ts';
import { usePaced } from './use-paced.ts';

/** A list that is played asks ahead, and seldom. */
const AHEAD = 4 * BLOCK;
const ASK_MS = 150;

/**
 * Which blocks of the log a list asks for. Of a list that is played those that stay for a while: what
 * rushes by would have gone before it came, and to read it would take as long as to draw everything else.
 *
 * @param rows of the whole log
 */
export function useListBlocks(
  first: number,
  last: number,
  rows: number,
  playing: boolean,
): readonly number[] {
  const end = playing ? Math.min(rows - 1, last + AHEAD) : last;
  const wanted = rows === 0 ? '' : blocksOf(first, end).join(' ');
  const paced = usePaced(wanted, ASK_MS);
  const [asked, setAsked] = useState({ now: paced, before: paced });
  if (asked.now !== paced) setAsked({ now: paced, before: asked.now });
  useEffect(() => {
    // Where a play stands in a quiet time, what is in sight stays.
    const timer = setTimeout(() => setAsked({ now: paced, before: paced }), 2 * ASK_MS);
    return () => clearTimeout(timer);
  }, [paced]);
  return useMemo(() => {
    if (!playing) return numbersIn(wanted);
    const before = new Set(numbersIn(asked.before));
    return numbersIn(asked.now).filter((block) => before.has(block));
  }, [playing, wanted, asked]);
}

function numbersIn(text: string): readonly number[] {
  return text === '' ? [] : text.split(' ').map(Number);
}
