'use client';

import { Icon, type IconName } from '../../../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import { whole } from '../../../format/numbers.ts';
import { SPEEDS } from './player.ts';
import { AXES, type Axis, type ReplayMove, type StepBy, STEPS } from './replay-address.ts';
import { LEAP, type Replay } from './use-replay.ts';
import styles from './strip.module.css';

/** Everything that dragging and the keys do, as buttons that never change their places. */
export function Transport({
  replay,
  axis,
  step,
  onMove,
}: {
  readonly replay: Replay;
  readonly axis: Axis;
  readonly step: StepBy;
  readonly onMove: (move: ReplayMove) => void;
}) {
  const t = useTranslations('replay');
  const { playing, speed, seq, head, wanted } = replay;
  const byEvents = axis === 'recorded';
  const atStart = byEvents && seq <= 0;
  const atEnd = byEvents && seq >= head && wanted.asOf !== null;
  return (
    <div className={`${styles.transport} no-print`}>
      <div role="group" aria-label={t('move.label')} className={styles.group}>
        <Move
          icon="player-skip-back"
          name={t('move.first')}
          off={atStart}
          act={() => replay.toEnd(-1)}
        />
        <Move
          icon="player-track-prev"
          name={t('move.leapBack', { n: whole(LEAP) })}
          off={atStart}
          act={() => replay.leap(-1)}
        />
        <Move icon="chevron-left" name={t('move.back')} off={atStart} act={() => replay.step(-1)} />
        <button
          type="button"
          className={`${styles.move} ${styles.play}`}
          aria-label={playing ? t('move.pause') : t('move.play')}
          title={playing ? t('move.pause') : t('move.play')}
          onClick={replay.toggle}
        >
          {playing ? (
            <Icon name="player-pause-filled" size={1.125} />
          ) : (
            <Icon name="player-play-filled" size={1.125} />
          )}
        </button>
        <Move icon="chevron-right" name={t('move.on')} off={atEnd} act={() => replay.step(1)} />
        <Move
          icon="player-track-next"
          name={t('move.leapOn', { n: whole(LEAP) })}
          off={atEnd}
          act={() => replay.leap(1)}
        />
        <Move
          icon="player-skip-forward"
          name={t('move.last')}
          off={atEnd}
          act={() => replay.toEnd(1)}
        />
      </div>
      <div role="group" aria-label={t('speed.label')} className={styles.choice}>
        {SPEEDS.map((each) => (
          <button
            key={each}
            type="button"
            aria-pressed={each === speed}
            onClick={() => replay.setSpeed(each)}
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
}

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
