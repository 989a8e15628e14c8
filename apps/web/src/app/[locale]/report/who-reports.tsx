'use client';

import type { CentreOfficer } from '@ceasewatch/api/contract/centre';
import { Button, Modal } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { changeSettings } from '../../../settings/settings.ts';
import { holdKeys, takeHeldKeys } from '../../../shell/held-keys.ts';
import { OfficerPick } from '../../../shell/officer-pick.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import back from './read-back.module.css';
import styles from './report.module.css';

/** As browsers have it: whoever pauses longer between two keys begins another name. */
const SAME_NAME_MS = 1_000;

/** On a device where nobody has acted yet: a report goes into the log under somebody's name, so it is asked first. */
export function WhoReports({ reporters }: { readonly reporters: readonly CentreOfficer[] }) {
  const t = useTranslations('report.who');
  const { names } = useCentre();
  const section = useRef<HTMLElement>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [firstLine, setFirstLine] = useState('');
  const begun = useRef({ name: '', at: 0 });
  // What was typed before the list stood does what it does once it has the focus: letters choose, Enter
  // confirms, and what comes after is the first line of the report.
  const chooseBy = (typed: string, at: number) => {
    const [name = '', ...rest] = typed.split('\n');
    const beginning = name.trim().toLowerCase();
    const meant = reporters.find(({ officer }) =>
      names.officer(officer).toLowerCase().startsWith(beginning),
    );
    const line = rest.join(' ');
    setFirstLine(line);
    if (beginning === '') return;
    begun.current = { name, at };
    setChosen(meant?.officer ?? null);
    if (rest.length === 0 || meant === undefined) return;
    holdKeys(line);
    changeSettings({ officer: meant.officer });
  };
  const latest = useRef(chooseBy);
  useEffect(() => {
    latest.current = chooseBy;
  });
  useEffect(() => {
    section.current?.querySelector('select')?.focus();
    latest.current(takeHeldKeys(), performance.now());
  }, []);
  return (
    <section
      ref={section}
      className={`${styles.panel} ${styles.whoReports}`}
      aria-labelledby="who-reports"
      onKeyDownCapture={(event) => {
        // The list has not heard how the name began: the rest of it alone would choose somebody else.
        // When it was pressed counts: a page that was busy hears of a fast hand's keys late.
        const { name, at } = begun.current;
        if (name === '' || event.timeStamp - at > SAME_NAME_MS) return;
        if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        chooseBy(name + event.key, event.timeStamp);
      }}
    >
      <h1 id="who-reports">{t('first')}</h1>
      <Pick
        reporters={reporters}
        chosen={chosen}
        onChoose={setChosen}
        button={t('begin')}
        // The form comes in a moment: what is typed meanwhile is its first line.
        onPicked={() => holdKeys(firstLine)}
      >
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
  const [chosen, setChosen] = useState<string | null>(acting.officer);
  return (
    <Modal
      opened
      onClose={onAnswered}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('still')}
    >
      <Pick
        reporters={reporters}
        chosen={chosen}
        onChoose={setChosen}
        button={t('goOn')}
        isAnswered
        onPicked={onAnswered}
      >
        {t('stillText')}
      </Pick>
    </Modal>
  );
}

/** Arrows run through the names, so the choice counts when it is confirmed. */
function Pick({
  reporters,
  chosen,
  onChoose,
  button,
  isAnswered = false,
  children,
  onPicked,
}: {
  readonly reporters: readonly CentreOfficer[];
  readonly chosen: string | null;
  onChoose(officer: string): void;
  readonly button: string;
  /** The likely answer stands there already: the button has the focus. */
  readonly isAnswered?: boolean;
  readonly children: ReactNode;
  onPicked(): void;
}) {
  const t = useTranslations('report.who');
  const [missing, setMissing] = useState(false);
  return (
    <form
      className={back.readBack}
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(chosen === null);
        if (chosen === null) return;
        changeSettings({ officer: chosen });
        onPicked();
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
        onPick={onChoose}
        error={missing ? t('missing') : null}
      />
      <div className={back.actions}>
        <Button type="submit" data-autofocus={isAnswered || undefined}>
          {button}
        </Button>
      </div>
    </form>
  );
}
