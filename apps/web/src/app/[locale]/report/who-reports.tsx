'use client';

import type { CentreOfficer } from '@ceasewatch/api/contract/centre';
import { Button, Modal } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { changeSettings } from '../../../settings/settings.ts';
import { OfficerPick } from '../../../shell/officer-pick.tsx';
import back from './read-back.module.css';
import styles from './report.module.css';

/** On a device where nobody has acted yet: a report goes into the log under somebody's name, so it is asked first. */
export function WhoReports({ reporters }: { readonly reporters: readonly CentreOfficer[] }) {
  const t = useTranslations('report.who');
  const section = useRef<HTMLElement>(null);
  useEffect(() => section.current?.querySelector('select')?.focus(), []);
  return (
    <section
      ref={section}
      className={`${styles.panel} ${styles.whoReports}`}
      aria-labelledby="who-reports"
    >
      <h1 id="who-reports">{t('first')}</h1>
      <Pick reporters={reporters} before={null} button={t('begin')}>
        {t('firstText')}
      </Pick>
    </section>
  );
}

/** After an idle hour somebody else may stand at the desk. */
export function StillYou({
  acting,
  reporters,
  onAnswered,
}: {
  readonly acting: CentreOfficer;
  readonly reporters: readonly CentreOfficer[];
  onAnswered(): void;
}) {
  const t = useTranslations('report.who');
  return (
    <Modal
      opened
      onClose={onAnswered}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('still')}
    >
      <Pick reporters={reporters} before={acting.officer} button={t('goOn')} onPicked={onAnswered}>
        {t('stillText')}
      </Pick>
    </Modal>
  );
}

/** Arrows run through the names, so the choice counts when it is confirmed. */
function Pick({
  reporters,
  before,
  button,
  children,
  onPicked,
}: {
  readonly reporters: readonly CentreOfficer[];
  readonly before: string | null;
  readonly button: string;
  readonly children: ReactNode;
  onPicked?(): void;
}) {
  const t = useTranslations('report.who');
  const [chosen, setChosen] = useState(before);
  const [missing, setMissing] = useState(false);
  return (
    <form
      className={back.readBack}
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(chosen === null);
        if (chosen === null) return;
        changeSettings({ officer: chosen });
        onPicked?.();
      }}
      onKeyDown={(event) => {
        // A select keeps Enter for itself; here it confirms, as in every other field.
        if (event.key !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return;
        event.preventDefault();
        event.currentTarget.requestSubmit();
      }}
    >
      <p>{children}</p>
      <OfficerPick
        label={t('officer')}
        officers={reporters}
        chosen={chosen}
        onPick={setChosen}
        error={missing ? t('missing') : null}
      />
      <div className={back.actions}>
        <Button type="submit" data-autofocus={before !== null || undefined}>
          {button}
        </Button>
      </div>
    </form>
  );
}
