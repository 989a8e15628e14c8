'use client';

import type { ObservationPage } from '@ceasewatch/api/contract/observation';
import type { Situation } from '@ceasewatch/domain/situation/situation';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { getJson } from '../../../api/fetch-json.ts';
import { useLastAnswer } from '../../../api/use-last-answer.ts';
import { filterSearch } from '../../../filter/filter-query.ts';
import { putMoment } from '../../../filter/moment.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import { useGeneration } from '../../../live/use-live.ts';
import own from './notices.module.css';

/** Fewer than fill the feed: with so few, somebody wonders where the others are. */
const FEW = 20;

/**
 * How many reports that pass the filter lie before the window, where that explains a screen that is as
 * good as empty; 0 everywhere else. An import of old rows ends like this.
 */
export function useBeforeWindow(situation: Situation | null): number {
  const address = useAddress();
  const { window } = address;
  const { from: _from, to: _to, ...rest } = address.filter;
  const search = putMoment(filterSearch(rest), address);
  search.set('limit', '1');
  const generation = useGeneration();
  const few = situation !== null && situation.matching < FEW;
  const asked = window !== 'all' && few && situation.total > situation.matching;
  const { data, dataUpdatedAt } = useQuery({
    // A question has a place among the answers though nobody asks it: one in all, and not one a report.
    queryKey: ['all of the filter', search.toString(), asked ? situation.total : null, generation],
    queryFn: ({ signal }) => getJson<ObservationPage>('/api/observations', { search, signal }),
    enabled: asked,
  });
  const last = useLastAnswer(`${search.toString()} ${generation}`, data, dataUpdatedAt);
  if (window === 'all' || !few || last === null) return 0;
  const before = last.answer.matching - situation.matching;
  return before > situation.matching ? before : 0;
}

/** Says that the rest is older than the window, and shows it with one click; filters stay. */
export function WindowNotice({
  before,
  shown,
}: {
  readonly before: number;
  readonly shown: number;
}) {
  const t = useTranslations();
  const { window, setWindow } = useAddress();
  if (before === 0) return null;
  return (
    <div className={own.notice} role="status">
      <b>{t('situation.before.title', { n: before, count: whole(before), shown })}</b>
      <span>{t('situation.before.text', { window: t(`words.windowLong.${window}`) })}</span>
      <Button
        className="no-print"
        size="compact-sm"
        variant="default"
        onClick={() => setWindow('all')}
      >
        {t('situation.before.all')}
      </Button>
    </div>
  );
}
