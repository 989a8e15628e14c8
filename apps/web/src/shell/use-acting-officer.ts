'use client';

import type { CentreOfficer } from '@ceasewatch/api/contract/centre';
import { mayReport } from '@ceasewatch/domain/observation/authority';
import { useEffect } from 'react';
import { useAddress } from '../filter/use-address.ts';
import { changeSettings, useSettings } from '../settings/settings.ts';
import { useCentre } from './use-centre.ts';

export interface ActingOfficer {
  /** The last one chosen on this device; null until somebody is, and until the centre is known. */
  readonly acting: CentreOfficer | null;
  readonly officers: readonly CentreOfficer[];
  /** Those of them who may report. */
  readonly reporters: readonly CentreOfficer[];
}

/** Who acts on this device. There are no accounts yet, so it is chosen, and every event says so. */
export function useActingOfficer(): ActingOfficer {
  const { centre } = useCentre();
  const { officer } = useSettings();
  const { asOf } = useAddress();
  const officers = (centre?.officers ?? []).filter((each) => !each.withdrawn);
  const acting = officers.find((each) => each.officer === officer) ?? null;
  const gone = centre !== null && officer !== null && acting === null;
  useEffect(() => {
    // An officer of another centre, or one who has left, must not go on signing. A look at a time
    // before somebody was enrolled changes nobody.
    if (asOf === null && gone) changeSettings({ officer: null });
  }, [asOf, gone]);
  return { acting, officers, reporters: officers.filter(({ role }) => mayReport(role)) };
}
