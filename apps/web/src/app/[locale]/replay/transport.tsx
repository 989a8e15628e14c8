'use client';

import { Icon, type IconName } from '../../../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { whole } from '../../../format/numbers.ts';
import { type Speed, SPEEDS } from './player.ts';
import { AXES, type Axis, type ReplayMove, type StepBy, STEPS } from './replay-address.ts';
import type { Hands } from './use-hands.ts';
import { LEAP } from './use-replay.ts';
import styles from './strip.module.css';

/** Everything that dragging and the keys do, as buttons that never change their places. */
export const Transport = memo(function Transport({
  hands,
  playing,
  speed,
  atStart,
  atEnd,
  axis,
  step,
  onMove,
}: {
  readonly hands: Hands;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly atStart: boolean;
  readonly atEnd: boolean;
  readonly axis: Axis;
  readonly step: StepBy;
  readonly onMove: (move: ReplayMove) => void;
}) {
  const t = useTranslations('replay');
  const byEvents = axis === 'recorded';
  return (
    <div className={`${styles.transport} no-print`}>
      <div role="group" aria-label={t('move.label')} className={styles.group}>
        <Move
          icon="player-skip-back"
          name={t('move.first')}
          off={atStart}
          act={() => hands.toEnd(-1)}
        />
        <Move
          icon="player-track-prev"
          name={t('move.leapBack', { n: whole(LEAP) })}
          off={atStart}
          act={() => hands.leap(-1)}
        />
        <Move icon="chevron-left" name={t('move.back')} off={atStart} act={() => hands.step(-1)} />
        <button
          type="button"
          className={`${styles.move} ${styles.play}`}
          aria-label={playing ? t('move.pause') : t('move.play')}
          title={playing ? t('move.pause') : t('move.play')}
          onClick={hands.toggle}
        >
          {playing ? (
            <Icon name="player-pause-filled" size={1.125} />
          ) : (
            <Icon name="player-play-filled" size={1.125} />
          )}
        </button>
        <Move icon="chevron-right" name={t('move.on')} off={atEnd} act={() => hands.step(1)} />
        <Move
          icon="player-track-next"
          name={t('move.leapOn', { n: whole(LEAP) })}
          off={atEnd}
          act={() => hands.leap(1)}
        />
        <Move
          icon="player-skip-forward"
          name={t('move.last')}
          off={atEnd}
          act={() => hands.toEnd(1)}
        />
      </div>
      <div role="group" aria-label={t('speed.label')} className={styles.choice}>
        {SPEEDS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === speed}
            onClick={() => hands.setSpeed(each)}
          >
            {t(`speed.${each}`)}
          </button>
        ))}
      </div>
      <div
        role="group"
        aria-label={t('axis.label')}
        title={t('axis.help')}
        className={styles.choice}
      >
        {AXES.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === axis}
            onClick={() => onMove({ axis: each, ...(each === 'recorded' ? { until: null } : {}) })}
          >
            {t(`axis.${each}`)}
          </button>
        ))}
      </div>
      <label className={styles.step}>
        <span>{t('step.label')}</span>
        <select
          className={styles.field}
          value={step}
          disabled={!byEvents}
          onChange={({ currentTarget }) =>
            onMove({ step: STEPS.find((each) => each === currentTarget.value) ?? 'event' })
          }
        >
          {STEPS.map((each) => (
            <option key={each} value={each}>
              {t(`step.${each}`)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
});

function Move({
  icon,
  name,
  off,
  act,
}: {
  readonly icon: IconName;
  readonly name: string;
  readonly off: boolean;
  readonly act: () => void;
}) {
  return (
    <button
      type="button"
      className={styles.move}
      aria-label={name}
      title={name}
      disabled={off}
      onClick={act}
    >
      <Icon name={icon} size={1.125} />
    </button>
  );
}
