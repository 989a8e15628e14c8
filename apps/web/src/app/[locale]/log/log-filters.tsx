'use client';

import { NativeSelect } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { nounOf } from '@ceasewatch/domain/recorded-event';
import { KNOWN_TYPES } from '@ceasewatch/domain/upcast';
import { useTranslations } from 'next-intl';
import { shortId, type Words } from '../../../format/words.ts';
import { type CentreView, useCentre } from '../../../shell/use-centre.ts';
import { isKnownNoun, isKnownType } from './known-words.ts';
import { LOG_FILTER_KEYS, type LogFilter, NOUNS } from './log-address.ts';
import styles from './log.module.css';

type FilterKey = (typeof LOG_FILTER_KEYS)[number];

/** What the log is cut down to. Every active filter is a chip that can be taken away, also on paper. */
export function LogFilters({
  filter,
  onChange,
}: {
  readonly filter: LogFilter;
  readonly onChange: (change: (now: LogFilter) => LogFilter) => void;
}) {
  const t = useTranslations();
  const { centre, names } = useCentre();
  const set = (key: FilterKey, value: string) => onChange((now) => put(now, key, value));
  const types = KNOWN_TYPES.filter(
    (type) => filter.noun === undefined || nounOf(type) === filter.noun,
  );
  const any = { value: '', label: t('log.filter.any') };
  const select = (
    key: Exclude<FilterKey, 'subject'>,
    options: readonly { value: string; label: string }[],
  ) => (
    <NativeSelect
      className={styles.select}
      size="xs"
      label={t(`log.filter.${key}`)}
      value={filter[key] ?? ''}
      data={[any, ...options]}
      onChange={(event) => set(key, event.currentTarget.value)}
    />
  );
  return (
    <div className={styles.filters}>
      <div role="group" aria-label={t('log.filter.label')} className={`no-print ${styles.selects}`}>
        {select(
          'noun',
          NOUNS.map((noun) => ({ value: noun, label: nounWord(noun, t) })),
        )}
        {select(
          'type',
          types.map((type) => ({ value: type, label: typeWord(type, t) })),
        )}
        {select(
          'contingent',
          (centre?.contingents ?? []).map((each) => ({
            value: each.contingent,
            label: names.contingent(each.contingent),
          })),
        )}
        {select(
          'officer',
          (centre?.officers ?? []).map((each) => ({
            value: each.officer,
            label: names.officer(each.officer),
          })),
        )}
      </div>
      <Chips filter={filter} names={names} onChange={onChange} />
    </div>
  );
}

function Chips({
  filter,
  names,
  onChange,
}: {
  readonly filter: LogFilter;
  readonly names: CentreView['names'];
  readonly onChange: (change: (now: LogFilter) => LogFilter) => void;
}) {
  const t = useTranslations();
  const active = LOG_FILTER_KEYS.filter((key) => filter[key] !== undefined);
  if (active.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label={t('log.filter.active')}>
      {active.map((key) => {
        const text = t(`log.filter.chip.${key}`, {
          value: valueWord(key, filter[key] ?? '', t, names),
        });
        return (
          <li key={key}>
            <button
              type="button"
              className={styles.chip}
              aria-label={t('log.filter.remove', { filter: text })}
              onClick={() => onChange((now) => put(now, key, ''))}
            >
              {text}
              <IconX size="0.875rem" className="no-print" aria-hidden />
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

/** A type belongs to a noun: choosing another noun lets go of a type that is not its own. */
function put(filter: LogFilter, key: FilterKey, value: string): LogFilter {
  const next: Record<string, string> = { ...filter };
  if (value === '') delete next[key];
  else next[key] = value;
  if (key === 'noun' && value !== '' && filter.type !== undefined && nounOf(filter.type) !== value)
    delete next['type'];
  return next;
}

function valueWord(
  key: FilterKey,
  value: string,
  words: Words,
  names: CentreView['names'],
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
    default:
      return key satisfies never;
  }
}

function nounWord(noun: string, words: Words): string {
  return isKnownNoun(noun) ? words(`log.noun.${noun}`) : noun;
}

function typeWord(type: string, words: Words): string {
  return isKnownType(type) ? words(`log.type.${type}`) : type;
}
