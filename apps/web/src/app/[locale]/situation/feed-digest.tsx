'use client';

import { tellsOfCasualties } from '@ceasewatch/domain/situation/observation-filter';
import type { Change } from '@ceasewatch/domain/situation/observation-row';
import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { useChanges } from '../../../live/use-live.ts';
import { useAddress } from '../../../filter/use-address.ts';

const DIGEST_MS = 20_000;

interface Digest {
  readonly n: number;
  readonly heavy: number;
  readonly casualties: number;
}

const NOTHING: Digest = { n: 0, heavy: 0, casualties: 0 };

/** For the ear: one polite sentence every twenty seconds, never the feed itself. */
export function FeedDigest() {
  const t = useTranslations('situation');
  const { asOf } = useAddress();
  const gathered = useRef<Digest>(NOTHING);
  const [said, setSaid] = useState<Digest>(NOTHING);
  useChanges((changes) => {
    if (asOf === null) gathered.current = changes.reduce(plus, gathered.current);
  });
  useEffect(() => {
    const timer = setInterval(() => {
      if (gathered.current.n === 0) return;
      setSaid(gathered.current);
      gathered.current = NOTHING;
    }, DIGEST_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p className="heard" role="status" aria-live="polite">
      {said.n > 0 && t('digest', { ...said })}
    </p>
  );
}

function plus(digest: Digest, { before, after }: Change): Digest {
  if (before !== null || after === null) return digest;
  return {
    n: digest.n + 1,
    heavy: digest.heavy + (after.group === 'heavy_weapons' ? 1 : 0),
    casualties: digest.casualties + (tellsOfCasualties(after) ? 1 : 0),
  };
}
