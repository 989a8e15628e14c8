'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../../../api/api-problem.ts';
import own from './notices.module.css';

/** One panel could not be asked: that is something else than that nothing was reported. */
export function PanelFailure({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry: () => void;
}) {
  const t = useTranslations();
  return (
    <div className={own.failure} role="alert">
      <b>{t('situation.error.panel')}</b>
      <span>{error instanceof ApiProblem ? t(`problem.${error.code}`) : error.message}</span>
      <Button className="no-print" size="compact-sm" variant="default" onClick={onRetry}>
        {t('situation.error.retry')}
      </Button>
    </div>
  );
}
