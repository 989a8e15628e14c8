'use client';

import type { CentreOfficer } from '@ceasewatch/api/contract/centre';
import { useEffect } from 'react';
import { useAddress } from '../filter/use-address.ts';
import { changeSettings, useSettings } from '../settings/settings.ts';
import { useCentre } from './use-centre.ts';

/**
 * Who acts on this device. There are no accounts yet, so it is chosen, and every event says so; without
 * a choice it is the centre's first officer. Null until the centre is known, or when it has no officers.
 */
export function useActingOfficer(): {
  readonly acting: CentreOfficer | null;
  readonly officers: readonly CentreOfficer[];
} {
  const { centre } = useCentre();
  const { officer } = useSettings();
  const { asOf } = useAddress();
  const officers = (centre?.officers ?? []).filter((each) => !each.withdrawn);
  const acting = officers.find((each) => each.officer === officer) ?? officers[0] ?? null;
  useEffect(() => {
    // An officer of another centre, or one who has left, must not go on signing. A look at a time
    // before somebody was enrolled changes nobody.
    if (asOf === null && acting !== null && acting.officer !== officer)
      changeSettings({ officer: acting.officer });
  }, [asOf, acting, officer]);
  return { acting, officers };
}
