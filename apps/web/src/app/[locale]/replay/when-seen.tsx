'use client';

import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react';
import { usePaced } from './use-paced.ts';

const UNSEEN_MS = 500;

/**
 * A panel that is out of sight follows twice a second: drawn with every state, it would keep waiting
 * what somebody looks at.
 */
export function WhenSeen<Value>({
  className,
  value,
  children,
}: {
  readonly className: string | undefined;
  /** The same object for as long as there is nothing new. */
  readonly value: Value;
  readonly children: (value: Value) => ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const seen = useSeen(place);
  const followed = usePaced(value, UNSEEN_MS);
  return (
    <div ref={place} className={className}>
      {children(seen ? value : followed)}
    </div>
  );
}

function useSeen(place: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(true);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver((entries) =>
      setSeen(entries.at(-1)?.isIntersecting !== false),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return seen;
}
