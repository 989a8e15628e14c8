'use client';

import type { DifferenceAnswer } from '@ceasewatch/api/contract/difference';
import { MOVED_FIGURES, type MovedFigure } from '@ceasewatch/domain/difference/column-difference';
import type { Situation } from '@ceasewatch/domain/situation/situation';
import { useTranslations } from 'next-intl';
import { difference as signed, whole } from '../../../format/numbers.ts';
import { EventLink } from './event-link.tsx';
import styles from './difference.module.css';

/** Events named beside a figure; all of them are in the list of observations. */
const MOST_EVENTS = 8;

/**
 * The figures of both moments. Between them stands what was known then, counted in the windows that end
 * now: the step to it is what time did, the step from it what events did.
 */
export function MovedFigures({ difference }: { readonly difference: DifferenceAnswer }) {
  const t = useTranslations('replay.difference');
  const { then, kept, now } = difference.situation;
  return (
    <section className={styles.part} aria-labelledby="difference-figures">
      <h3 id="difference-figures">{t('figures')}</h3>
      <div className={styles.wide}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('figure')}</th>
              <th scope="col">{t('then')}</th>
              <th scope="col" title={t('keptHelp')}>
                {t('kept')}
              </th>
              <th scope="col">{t('now')}</th>
              <th scope="col">{t('change')}</th>
              <th scope="col">{t('because')}</th>
            </tr>
          </thead>
          <tbody>
            {MOVED_FIGURES.map((name) => {
              const [old, held, present] = [then, kept, now].map((each) => reportsOf(name, each));
              return (
                <tr key={name} data-figure={name}>
                  <th scope="row">
                    <FigureName name={name} />
                  </th>
                  <td>{whole(old ?? 0)}</td>
                  <td className={styles.kept}>{whole(held ?? 0)}</td>
                  <td>
                    <b>{whole(present ?? 0)}</b>
                  </td>
                  <td data-moved={held !== present}>{signed((present ?? 0) - (held ?? 0))}</td>
                  <td className={styles.because}>
                    <Because {...difference.moved[name]} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className={styles.note}>{t('keptHelp')}</p>
    </section>
  );
}

function FigureName({ name }: { readonly name: MovedFigure }) {
  const t = useTranslations();
  return name === 'matching' ? t('replay.difference.matching') : t(`situation.figure.${name}`);
}

function Because({ observations, events }: DifferenceAnswer['moved'][MovedFigure]) {
  const t = useTranslations('replay.difference');
  if (observations === 0) return t('noEvents');
  const rest = observations - Math.min(MOST_EVENTS, events.length);
  return (
    <>
      {events.slice(0, MOST_EVENTS).map((seq) => (
        <EventLink key={seq} seq={seq} />
      ))}{' '}
      {rest > 0 && t('moreEvents', { n: whole(rest) })}
    </>
  );
}

function reportsOf(name: MovedFigure, { matching, figures }: Situation): number {
  return name === 'matching' ? matching : figures[name].reports;
}
