'use client';

import type { Situation } from '@ceasewatch/domain/situation/situation';
import { Button } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { isFiltered } from '../../../filter/filter-query.ts';
import { putPast } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { whole } from '../../../format/numbers.ts';
import own from './notices.module.css';

/** Why nothing is to be seen: the filters hide it, the window is too short, or nothing was reported. */
export function EmptyNotice({ situation }: { readonly situation: Situation | null }) {
  const t = useTranslations('situation.empty');
  const locale = useLocale();
  const router = useRouter();
  const address = useAddress();
  const { filter } = address;
  if (situation === null || situation.matching > 0) return null;
  if (situation.total === 0) {
    return (
      <div className={own.notice} role="status">
        <b>{t('none')}</b>
        <span>{t('noneText')}</span>
        <Link className={own.link} href={`/${locale}/report`} prefetch={false}>
          {t('report')}
        </Link>
      </div>
    );
  }
  const widen = () => {
    const search = putPast(new URLSearchParams({ window: 'all' }), address);
    router.push(`/${locale}/situation?${search.toString()}`);
  };
  return (
    <div className={own.notice} role="status">
      <b>{t(isFiltered(filter) ? 'title' : 'titleWindow')}</b>
      <span>
        {t(isFiltered(filter) ? 'text' : 'textWindow', {
          n: situation.total,
          total: whole(situation.total),
        })}
      </span>
      <Button size="compact-sm" variant="default" onClick={widen}>
        {t('widen')}
      </Button>
    </div>
  );
}
