'use client';

import { NONE } from '@ceasewatch/domain/situation/observation-filter';
import type { ObservationFilter } from '@ceasewatch/domain/situation/situation';
import { Icon } from '../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { dtg, millis } from '../format/instants.ts';
import type { Names, Words } from '../format/words.ts';
import { useCentre } from '../shell/use-centre.ts';
import { FLAGS } from './filter-query.ts';
import { useView } from './use-address.ts';
import styles from './filter-bar.module.css';

interface Chip {
  readonly key: string;
  readonly label: string;
  without(now: ObservationFilter): ObservationFilter;
}

/** Every filter that is active, in words, each with its way out: nothing filters unseen. */
export const FilterChips = memo(function FilterChips() {
  const t = useTranslations();
  const { filter, setFilter } = useView();
  const { names, zone } = useCentre();
  const chips = chipsOf(filter, t, names, zone);
  if (chips.length === 0) return null;
  return (
    <>
      {chips.map((chip) => (
        <span key={chip.key} className={styles.chip}>
          {chip.label}
          <button
            type="button"
            className="no-print"
            aria-label={t('filter.remove', { filter: chip.label })}
            onClick={() => setFilter(chip.without)}
          >
            <Icon name="x" size={0.75} />
          </button>
        </span>
      ))}
      {chips.length > 1 && (
        <button
          type="button"
          className={`${styles.clear} no-print`}
          onClick={() => setFilter(() => ({}))}
        >
          {t('filter.clear')}
        </button>
      )}
    </>
  );
});

function chipsOf(filter: ObservationFilter, t: Words, names: Names, zone: string): Chip[] {
  return [
    ...listChips(filter, 'sector', t, (value) =>
      t('filter.chip.sector', { value: value === NONE ? t('filter.noSector') : names.area(value) }),
    ),
    ...listChips(filter, 'group', t, (value) =>
      t('filter.chip.group', { value: t(`words.group.${value}`) }),
    ),
    ...listChips(filter, 'kind', t, (value) =>
      t('filter.chip.kind', { value: t(`words.kind.${value}`) }),
    ),
    ...listChips(filter, 'means', t, (value) =>
      t('filter.chip.means', { value: t(`words.means.${value}`) }),
    ),
    ...listChips(filter, 'weapon', t, (value) =>
      t('filter.chip.weapon', { value: t(`words.weapon.${value}`) }),
    ),
    ...listChips(filter, 'contingent', t, (value) =>
      t('filter.chip.contingent', { value: names.contingent(value) }),
    ),
    ...listChips(filter, 'unit', t, (value) => t('filter.chip.unit', { value: names.unit(value) })),
    ...flagChips(filter, t),
    ...restChips(filter, t, zone),
  ];
}

const MOST_CHIPS = 3;
type ListName = 'sector' | 'group' | 'kind' | 'means' | 'weapon' | 'contingent' | 'unit';

/** One chip a word; more than three stand together, so that chips never fill the screen. */
function listChips<Name extends ListName>(
  filter: ObservationFilter,
  name: Name,
  t: Words,
  labelOf: (value: NonNullable<ObservationFilter[Name]>[number]) => string,
): Chip[] {
  const values: readonly NonNullable<ObservationFilter[Name]>[number][] = filter[name] ?? [];
  if (values.length > MOST_CHIPS) {
    const label = several(name, values.length, t);
    return [{ key: name, label, without: (now) => ({ ...now, [name]: undefined }) }];
  }
  return values.map((value) => ({
    key: `${name} ${value}`,
    label: labelOf(value),
    without: (now) => ({
      ...now,
      [name]: now[name]?.filter((each) => each !== value),
    }),
  }));
}

function several(name: ListName, n: number, t: Words): string {
  return t('filter.several', { name: t(`filter.list.${name}`), n });
}

function flagChips(filter: ObservationFilter, t: Words): Chip[] {
  return FLAGS.flatMap((flag) => {
    const value = filter[flag];
    if (value === undefined) return [];
    const label = value ? t(`filter.flag.${flag}`) : t(`filter.notFlag.${flag}`);
    return [{ key: flag, label, without: (now) => ({ ...now, [flag]: undefined }) }];
  });
}

function restChips(filter: ObservationFilter, t: Words, zone: string): Chip[] {
  const { from, to, origin, bbox, q } = filter;
  const chips: Chip[] = [];
  if (from !== undefined) {
    chips.push({
      key: 'from',
      label: t('filter.chip.from', { value: dtg(millis(from), zone) }),
      without: (now) => ({ ...now, from: undefined }),
    });
  }
  if (to !== undefined) {
    chips.push({
      key: 'to',
      label: t('filter.chip.to', { value: dtg(millis(to), zone) }),
      without: (now) => ({ ...now, to: undefined }),
    });
  }
  if (origin !== undefined) {
    chips.push({
      key: 'origin',
      label: t('filter.chip.origin', { value: t(`words.origin.${origin}`) }),
      without: (now) => ({ ...now, origin: undefined }),
    });
  }
  if (bbox !== undefined)
    chips.push({
      key: 'bbox',
      label: t('filter.chip.bbox'),
      without: (now) => ({ ...now, bbox: undefined }),
    });
  if (q !== undefined)
    chips.push({
      key: 'q',
      label: t('filter.chip.q', { value: q }),
      without: (now) => ({ ...now, q: undefined }),
    });
  return chips;
}
