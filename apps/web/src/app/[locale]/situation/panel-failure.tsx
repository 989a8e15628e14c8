'use client';

import { useTranslations } from 'next-intl';
import { ApiProblem } from '../../../api/api-problem.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { connectionOf } from '../../../live/connection.ts';
import { useLive } from '../../../live/use-live.ts';
import { useDeviceNow } from '../../../live/use-now.ts';
import { AskedInVain } from '../../../shell/asked-in-vain.tsx';
import own from './notices.module.css';

/**
 * One panel could not be asked: that is something else than that nothing was reported. Of a lost
 * connection the bar of the page speaks for all panels, and its button asks for them as well.
 */
export function PanelFailure({
  error,
  onRetry,
}: {
  readonly error: Error;
  readonly onRetry: () => void;
}) {
  const t = useTranslations();
  const { asOf } = useAddress();
  const live = useLive();
  const now = useDeviceNow();
  const away = error instanceof ApiProblem && error.code === 'network';
  if (away && connectionOf(live, now, asOf !== null).stale) return null;
  return (
    <div className={own.failure} role="alert">
      <b>{t('situation.error.panel')}</b>
      <AskedInVain error={error} onTry={onRetry} />
    </div>
  );
}
