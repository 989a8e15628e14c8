'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { ApiProblem } from '../api/api-problem.ts';
import { useAddress } from '../filter/use-address.ts';
import { TryNow } from './try-now.tsx';

/**
 * Why something could not be asked, and what helps. Where the node refuses the moment that the address
 * asks for, its own words say what is wrong with it, and asking again cannot help.
 */
export function AskedInVain({
  error,
  onTry,
}: {
  readonly error: Error;
  readonly onTry: () => void;
}) {
  const t = useTranslations();
  const { past, setAsOf } = useAddress();
  if (past && error instanceof ApiProblem && error.code === 'invalid')
    return (
      <>
        <span>{error.message}</span>{' '}
        <Button size="compact-sm" variant="default" onClick={() => setAsOf(null)}>
          {t('shell.unreadable.present')}
        </Button>
      </>
    );
  return (
    <>
      <span>{error instanceof ApiProblem ? t(`problem.${error.code}`) : error.message}</span>{' '}
      <TryNow onTry={onTry} />
    </>
  );
}
