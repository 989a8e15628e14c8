'use client';

import type { Situation } from '@ceasewatch/domain/situation/situation';
import { useTranslations } from 'next-intl';
import { memo } from 'react';

import { millis, zoneLetter } from '../../../format/instants.ts';
import { twoDigits, whole } from '../../../format/numbers.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import styles from './situation.module.css';
import own from './hour-weekday.module.css';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const WEEKDAYS = ['0', '1', '2', '3', '4', '5', '6'] as const;
const STEPS = 7;

/** When things happen in the week: a table, so that it can be read by eye and by ear. */
export const HourWeekday = memo(function HourWeekday({
  situation,
}: {
  readonly situation: Situation | null;
}) {
  const t = useTranslations();
  const { zone } = useCentre();
  const cells = situation?.hourWeekday ?? WEEKDAYS.map(() => HOURS.map(() => 0));
  const most = Math.max(1, ...cells.flat());
  // What is told by its day only has no hour; an empty table must not look like quiet.
  const hourless =
    situation !== null && situation.matching > 0 && cells.flat().every((reports) => reports === 0);
  const letter = situation === null ? '' : zoneLetter(zone, millis(situation.query.at));
  return (
    <section
      className={`${styles.panel} ${styles.heat} ${styles.dim}`}
      aria-label={t('situation.heat.title')}
    >
      <div className={styles.head}>
        <h2>{t('situation.heat.title')}</h2>
        <span className={styles.note}>
          {hourless
            ? t('situation.heat.hourless')
            : t('situation.heat.note', { letter: `${letter} ${zone}` })}
        </span>
        <Scale most={most} />
      </div>
      <table className={own.table}>
        <caption className="heard">{t('situation.heat.caption', { zone })}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span className="heard">{t('situation.heat.weekday')}</span>
            </th>
            {HOURS.map((hour) => (
              <th key={hour} scope="col">
                <span className={hour % 3 === 0 ? undefined : 'heard'}>{twoDigits(hour)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {WEEKDAYS.map((weekday) => (
            <tr key={weekday}>
              <th scope="row">{t(`words.weekday.${weekday}`)}</th>
              {HOURS.map((hour) => {
                const reports = cells[Number(weekday)]?.[hour] ?? 0;
                const step = stepOf(reports, most);
                return (
                  <Cell key={hour} weekday={weekday} hour={hour} reports={reports} step={step} />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
});

/** A report changes one of the 168. */
const Cell = memo(function Cell({
  weekday,
  hour,
  reports,
  step,
}: {
  readonly weekday: (typeof WEEKDAYS)[number];
  readonly hour: number;
  readonly reports: number;
  readonly step: number;
}) {
  const t = useTranslations();
  const day = t(`words.weekday.${weekday}`);
  return (
    <td
      data-step={step}
      title={t('situation.heat.cell', { weekday: day, hour: twoDigits(hour), n: reports })}
    >
      <span className="heard">{whole(reports)}</span>
    </td>
  );
});

/**
 * Nothing is a step of its own: an empty hour never looks like a quiet one. The steps follow the square
 * root, so that one wild hour does not make all others look alike.
 */
function stepOf(reports: number, most: number): number {
  return reports === 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(reports / most) * STEPS));
}

/** The most reports that an hour of a step holds. */
function mostOf(step: number, most: number): number {
  return Math.floor(most * (step / STEPS) ** 2);
}

function Scale({ most }: { readonly most: number }) {
  const t = useTranslations('situation.heat');
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => step);
  const middle = Math.floor(STEPS / 2) + 1;
  return (
    <span
      className={`${own.scale} ${styles.push}`}
      role="img"
      aria-label={t('scale', { low: 0, middle: whole(mostOf(middle, most)), high: whole(most) })}
    >
      0
      {steps.map((step) => (
        <i key={step} data-step={step} title={t('upTo', { n: whole(mostOf(step, most)) })}>
          {step === middle && most > STEPS && whole(mostOf(step, most))}
        </i>
      ))}
      {whole(most)}
    </span>
  );
}
