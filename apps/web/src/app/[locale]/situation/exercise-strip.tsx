'use client';

import { type Beat, BEATS } from '@ceasewatch/domain/testing/beats';
import { Button } from '@mantine/core';
import { Icon } from '../../../glyphs/icon.tsx';
import { useLocale, useTranslations } from 'next-intl';
import Link from 'next/link';
import { useEffect, useState } from 'react';
import { observationAddress } from '../../../filter/list-address.ts';
import { useAddress } from '../../../filter/use-address.ts';
import { changeSettings, useSettings } from '../../../settings/settings.ts';
import { tourIsDue } from '../../../shell/tour-place.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import own from './notices.module.css';

/** In two minutes from what everybody knows to what only an honest record can show. */
const STEPS = [
  { name: 'exchange', shows: ['exchangeAlfa', 'exchangeBravo'] },
  { name: 'late', shows: ['sevenHoursLate'] },
  { name: 'time', shows: ['timeCorrected'] },
  { name: 'mils', shows: ['milsCorrected'] },
  { name: 'counts', shows: ['atLeastThree', 'aboutTwelve'] },
  { name: 'line', shows: ['stretchOfLine'] },
  { name: 'reinstated', shows: ['reinstated'] },
  { name: 'camera', shows: ['cameraOutage'] },
  { name: 'liveFire', shows: ['liveFire'] },
  { name: 'restriction', shows: ['restriction'] },
  { name: 'own', shows: [] },
] as const satisfies readonly { readonly name: string; readonly shows: readonly Beat[] }[];

/**
 * A guided look at the exercise, one beat at a time; closed, it never comes back on this device. Until
 * the centre is known its place is kept where it is an exercise's, so that nothing moves.
 */
export function ExerciseStrip() {
  const { centre } = useCentre();
  const { stripClosed, tour } = useSettings();
  const due = centre === null ? tourIsDue() : centre.exercise && !stripClosed.includes(centre.log);
  useEffect(() => {
    if (centre !== null && tour !== due) changeSettings({ tour: due });
  }, [centre, tour, due]);
  if (!due) return null;
  return (
    <Strip
      coming={centre === null}
      onClose={() => changeSettings({ stripClosed: [...stripClosed, centre?.log ?? ''] })}
    />
  );
}

function Strip({ coming, onClose }: { readonly coming: boolean; readonly onClose: () => void }) {
  const t = useTranslations('situation.strip');
  const [at, setAt] = useState(0);
  const step = STEPS[at];
  if (step === undefined) return null;
  return (
    <section
      className={`${own.strip} no-print`}
      aria-label={t('label')}
      aria-hidden={coming}
      inert={coming}
      data-coming={coming}
    >
      <span className={own.dim}>{t('progress', { n: at + 1, total: STEPS.length })}</span>
      <p aria-live="polite">
        <b>{t(`beat.${step.name}.title`)}</b> {t(`beat.${step.name}.text`)}
      </p>
      <StripLinks step={step} />
      <span className={own.actions}>
        <Button
          size="compact-sm"
          variant="default"
          disabled={at === 0}
          onClick={() => setAt(at - 1)}
        >
          {t('back')}
        </Button>
        <Button size="compact-sm" disabled={at === STEPS.length - 1} onClick={() => setAt(at + 1)}>
          {t('next')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={onClose}
          aria-label={t('close')}
          title={t('close')}
        >
          <Icon name="x" size={0.875} />
        </Button>
      </span>
    </section>
  );
}

function StripLinks({ step }: { readonly step: (typeof STEPS)[number] }) {
  const t = useTranslations('situation.strip');
  const locale = useLocale();
  const address = useAddress();
  if (step.name === 'own') {
    return (
      <Link className={own.link} href={`/${locale}/report`} prefetch={false}>
        {t('own')}
      </Link>
    );
  }
  return step.shows.map((beat, index) => (
    <Link
      key={beat}
      className={own.link}
      href={observationAddress(locale, BEATS[beat], address)}
      prefetch={false}
    >
      {step.shows.length === 1 ? t('show') : t('showNth', { n: index + 1 })}
    </Link>
  ));
}
