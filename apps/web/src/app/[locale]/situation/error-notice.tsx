'use client';

import { useTranslations } from 'next-intl';
import { isAway } from '../../../api/queries.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { dtg } from '../../../format/instants.ts';
import { whole } from '../../../format/numbers.ts';
import { connectionOf } from '../../../live/connection.ts';
import { useLive } from '../../../live/use-live.ts';
import { useDeviceNow } from '../../../live/use-now.ts';
import { AskedInVain } from '../../../shell/asked-in-vain.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import type { SituationView } from './use-situation.ts';
import own from './notices.module.css';

/** The last good figures stay; this says how old they are, why, and how to ask again. */
export function ErrorNotice({ view }: { readonly view: SituationView }) {
  const t = useTranslations();
  const { zone } = useCentre();
  const { asOf } = useAddress();
  const live = useLive();
  const now = useDeviceNow();
  if (view.error === null) return null;
  // The bar above says already that nobody is reached, and its button asks for this as well.
  if (isAway(view.error) && view.situation !== null && connectionOf(live, now, asOf !== null).stale)
    return null;
  return (
    <div className={own.error} role="alert">
      <b>
        {asOf !== null && view.situation === null
          ? t('situation.error.then', { seq: whole(asOf) })
          : t('situation.error.title')}
      </b>
      {view.situation !== null && view.answeredAt > 0 && (
        <span>{t('situation.error.kept', { time: dtg(view.answeredAt, zone) })}</span>
      )}
      <AskedInVain error={view.error} onTry={view.retry} />
    </div>
  );
}
