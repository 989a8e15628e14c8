'use client';

import { NativeSelect } from '@mantine/core';
import { nounOf } from '@ceasewatch/domain/recorded-event';
import { KNOWN_TYPES } from '@ceasewatch/domain/upcast';
import { useTranslations } from 'next-intl';
import type { Span } from '../../../filter/occurred-span.ts';
import { SpanPick } from '../../../filter/span-pick.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { type FilterKey, type LogFilter, NOUNS } from './log-address.ts';
import { LogChips } from './log-chips.tsx';
import { LogWords } from './log-words.tsx';
import { withFilter } from './with-filter.ts';
import { nounWord, typeWord } from './known-words.ts';
import styles from './log.module.css';

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
  const set = (key: FilterKey, value: string) =>
    onChange((now) => withFilter(now, { [key]: value }));
  const types = KNOWN_TYPES.filter(
    (type) => filter.noun === undefined || nounOf(type) === filter.noun,
  );
  const any = { value: '', label: t('log.filter.any') };
  const select = (
    key: Extract<FilterKey, 'noun' | 'type' | 'contingent' | 'officer' | 'unit'>,
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
        {select(
          'unit',
          (centre?.units ?? []).map(({ unit }) => ({ value: unit, label: names.unit(unit) })),
        )}
        <LogWords
          key={filter.q}
          words={filter.q ?? ''}
          onAsked={(q) => onChange((now) => withFilter(now, { q }))}
        />
        <SpanPick
          title={t('log.filter.recorded')}
          fromLabel={t('log.filter.recordedFrom')}
          span={spanOf(filter.recordedFrom, filter.recordedTo)}
          onChosen={({ from, to }) =>
            onChange((now) => withFilter(now, { recordedFrom: from, recordedTo: to }))
          }
        />
        <SpanPick
          title={t('log.filter.occurred')}
          fromLabel={t('log.filter.occurredFrom')}
          span={spanOf(filter.occurredFrom, filter.occurredTo)}
          onChosen={({ from, to }) =>
            onChange((now) => withFilter(now, { occurredFrom: from, occurredTo: to }))
          }
        />
      </div>
      <LogChips filter={filter} onChange={onChange} />
    </div>
  );
}

function spanOf(from: string | undefined, to: string | undefined): Span {
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}
