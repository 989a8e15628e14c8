'use client';

import { Button, NativeSelect, Switch, useMantineColorScheme } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { changeSettings, FEED_RATES, useSettings } from '../settings/settings.ts';
import { chime, unlockSound, useSoundUnlocked } from './chime.ts';
import { OfficerPick } from './officer-pick.tsx';
import { useActingOfficer } from './use-acting-officer.ts';
import styles from './settings-menu.module.css';

/** What a person chooses on this device: who acts, keys, sound; and the way to help and print. */
export function SettingsPanel({ onHelp }: { readonly onHelp: () => void }) {
  const t = useTranslations('shell');
  const { keys } = useSettings();
  return (
    <div className={styles.menu}>
      <OfficerSelect />
      <Switch
        label={t('keysOn')}
        checked={keys}
        onChange={(event) => changeSettings({ keys: event.currentTarget.checked })}
      />
      <SoundChoice />
      <FeedRateSelect />
      <SchemeButton />
      <div className={styles.row}>
        <Button size="compact-sm" variant="default" onClick={onHelp}>
          {t('help')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => window.print()}>
          {t('print')}
        </Button>
      </div>
    </div>
  );
}

/** The test says what a serious event would do: a sound that is blocked is worse than none. */
function SoundChoice() {
  const t = useTranslations('shell');
  const { sound } = useSettings();
  const unlocked = useSoundUnlocked();
  const [tested, setTested] = useState(false);
  const test = () => {
    unlockSound();
    chime();
    setTested(true);
  };
  return (
    <div>
      <div className={styles.row}>
        <Switch
          label={t('soundOn')}
          checked={sound}
          onChange={(event) => {
            unlockSound();
            changeSettings({ sound: event.currentTarget.checked });
          }}
        />
        <Button size="compact-sm" variant="default" onClick={test}>
          {t('soundTest')}
        </Button>
      </div>
      <p className={styles.note} role="status">
        {(sound || tested) && t(unlocked ? 'soundReady' : 'soundBlocked')}
      </p>
    </div>
  );
}

function FeedRateSelect() {
  const t = useTranslations('shell');
  const { feedRate } = useSettings();
  return (
    <NativeSelect
      label={t('feedRate')}
      value={feedRate}
      onChange={({ currentTarget: { value } }) =>
        changeSettings({ feedRate: FEED_RATES.find((each) => each === value) ?? 'live' })
      }
      data={FEED_RATES.map((value) => ({ value, label: t(`feedRates.${value}`) }))}
    />
  );
}

function SchemeButton() {
  const t = useTranslations('shell');
  const { toggleColorScheme } = useMantineColorScheme({ keepTransitions: true });
  return (
    <Button size="compact-sm" variant="default" onClick={toggleColorScheme}>
      {t('theme')}
    </Button>
  );
}

function OfficerSelect() {
  const t = useTranslations('shell');
  const { acting, officers } = useActingOfficer();
  return (
    <OfficerPick
      label={t('officer')}
      description={t('officerHelp')}
      officers={officers}
      chosen={acting?.officer ?? null}
      onPick={(officer) => changeSettings({ officer })}
    />
  );
}
