'use client';

import { Icon } from '../../../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import { toTheSecond } from '../../../format/date-time.ts';
import { shortId, type Words } from '../../../format/words.ts';
import { type CentreView, useCentre } from '../../../shell/use-centre.ts';
import { nounWord, typeWord } from './known-words.ts';
import { type FilterKey, LOG_FILTER_KEYS, type LogFilter } from './log-address.ts';
import { withFilter } from './with-filter.ts';
import styles from './log.module.css';

/** Every active filter, to be taken away again, also on paper. */
export function LogChips({
  filter,
  onChange,
}: {
  readonly filter: LogFilter;
  readonly onChange: (change: (now: LogFilter) => LogFilter) => void;
}) {
  const t = useTranslations();
  const centre = useCentre();
  const active = LOG_FILTER_KEYS.filter((key) => filter[key] !== undefined);
  if (active.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t('log.filter.active')}>
      {active.map((key) => {
        const text = t(`log.filter.chip.${key}`, {
          value: valueWord(key, filter[key] ?? '', t, centre),
        });
        return (
          <li key={key}>
            <button
              type="button"
              className={styles.chip}
              aria-label={t('log.filter.remove', { filter: text })}
              onClick={() => onChange((now) => withFilter(now, { [key]: undefined }))}
            >
              {text}
              <Icon name="x" size={0.875} className="no-print" />
            </button>
          </li>
        );
      })}
      <li className="no-print">
        <button type="button" className={styles.clear} onClick={() => onChange(() => ({}))}>
          {t('log.filter.clear')}
        </button>
      </li>
    </ul>
  );
}

function valueWord(
  key: FilterKey,
  value: string,
  words: Words,
  { names, zone }: CentreView,
): string {
  switch (key) {
    case 'noun':
      return nounWord(value, words);
    case 'type':
      return typeWord(value, words);
    case 'officer':
      return names.officer(value);
    case 'contingent':
      return names.contingent(value);
    case 'subject':
      return `${nounWord(value.split('/')[0] ?? '', words)} …${shortId(value)}`;
    case 'unit':
      return names.unit(value);
    case 'recordedFrom':
    case 'recordedTo':
    case 'occurredFrom':
    case 'occurredTo':
      return isInstant(value) ? toTheSecond(value, zone) : value;
    case 'q':
      return value;
    default:
      return key satisfies never;
  }
}

/** What somebody typed into the address is shown as it stands; the node says that it is no time. */
function isInstant(value: string): boolean {
  return !Number.isNaN(Date.parse(value));
}
