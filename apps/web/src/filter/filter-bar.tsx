'use client';

import {
  DISPLAY_GROUPS,
  KINDS,
  MEANS,
  WEAPON_CATEGORIES,
} from '@ceasewatch/domain/observation/vocabulary';
import { NONE } from '@ceasewatch/domain/situation/observation-filter';
import { useTranslations } from 'next-intl';
import { memo } from 'react';
import { whole } from '../format/numbers.ts';
import { KindGlyph } from '../glyphs/kind-glyph.tsx';
import { useCentre } from '../shell/use-centre.ts';
import { FLAGS, toggled } from './filter-query.ts';
import { AsOfControl } from './as-of-control.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterPick, type PickGroup } from './filter-pick.tsx';
import { OccurredPick } from './occurred-pick.tsx';
import { useView } from './use-address.ts';
import { WindowPick } from './window-pick.tsx';
import styles from './filter-bar.module.css';

interface FilterBarProps {
  /** Whether the screen looks through a window that ends now; a list goes through all of the time. */
  readonly windows: boolean;
  readonly matching: number | null;
  readonly total: number | null;
}

/** What the screen is asked for: window, filters, as-of; every active filter stands there as a chip. */
export function FilterBar({ windows, matching, total }: FilterBarProps) {
  const t = useTranslations('filter');
  const counted = matching !== null && total !== null;
  return (
    <div className={`${styles.bar}`}>
      {windows && <WindowPick />}
      <span className="no-print">
        <SectorPick />
      </span>
      <span className="no-print">
        <KindPick />
      </span>
      <span className="no-print">
        <MorePick />
      </span>
      {!windows && (
        <span className="no-print">
          <OccurredPick />
        </span>
      )}
      <span className="no-print">
        <AsOfControl />
      </span>
      <FilterChips />
      <span
        className={styles.matching}
        data-testid="matching"
        title={counted ? t('matchingWhy', { total: whole(total) }) : undefined}
      >
        {counted ? t('matching', { matching: whole(matching), total: whole(total) }) : '\u00a0'}
      </span>
    </div>
  );
}

const SectorPick = memo(function SectorPick() {
  const t = useTranslations('filter');
  const { centre, names } = useCentre();
  const { filter, setFilter } = useView();
  const sectors = (centre?.areas ?? []).filter(
    (area) => area.kind === 'sector' && area.to === null,
  );
  const options = [
    ...sectors.map(({ area }) => ({ value: area, label: names.area(area) })),
    { value: NONE, label: t('noSector') },
  ];
  const groups: PickGroup[] = [
    {
      heading: '',
      options,
      chosen: filter.sector ?? [],
      toggle: (value) => setFilter((now) => ({ ...now, sector: toggled(now.sector, value) })),
    },
  ];
  return <FilterPick label={t('sectors')} groups={groups} />;
});

const KindPick = memo(function KindPick() {
  const t = useTranslations();
  const { filter, setFilter } = useView();
  const groups: PickGroup[] = [
    {
      heading: '',
      options: DISPLAY_GROUPS.map((value) => ({
        value,
        label: t(`words.group.${value}`),
        sign: <KindGlyph group={value} />,
      })),
      chosen: filter.group ?? [],
      toggle: (value) =>
        setFilter((now) => ({
          ...now,
          group: known(DISPLAY_GROUPS, toggled<string>(now.group, value)),
        })),
    },
    {
      heading: t('filter.kinds'),
      options: KINDS.map((value) => ({ value, label: t(`words.kind.${value}`) })),
      chosen: filter.kind ?? [],
      toggle: (value) =>
        setFilter((now) => ({ ...now, kind: known(KINDS, toggled<string>(now.kind, value)) })),
    },
  ];
  return <FilterPick label={t('filter.kinds')} groups={groups} />;
});

const MorePick = memo(function MorePick() {
  const t = useTranslations();
  const { centre, names } = useCentre();
  const { filter, setFilter } = useView();
  const groups: PickGroup[] = [
    {
      heading: t('filter.contingents'),
      options: (centre?.contingents ?? []).map(({ contingent }) => ({
        value: contingent,
        label: names.contingent(contingent),
      })),
      chosen: filter.contingent ?? [],
      toggle: (value) =>
        setFilter((now) => ({ ...now, contingent: toggled(now.contingent, value) })),
    },
    {
      heading: t('filter.means'),
      options: MEANS.map((value) => ({ value, label: t(`words.means.${value}`) })),
      chosen: filter.means ?? [],
      toggle: (value) =>
        setFilter((now) => ({ ...now, means: known(MEANS, toggled<string>(now.means, value)) })),
    },
    {
      heading: t('filter.only'),
      options: FLAGS.map((value) => ({ value, label: t(`filter.flag.${value}`) })),
      chosen: FLAGS.filter((flag) => filter[flag] === true),
      toggle: (value) => {
        const [flag] = known(FLAGS, [value]);
        if (flag !== undefined) {
          setFilter((now) => ({ ...now, [flag]: now[flag] === true ? undefined : true }));
        }
      },
    },
    {
      heading: t('filter.weapons'),
      options: WEAPON_CATEGORIES.map((value) => ({ value, label: t(`words.weapon.${value}`) })),
      chosen: filter.weapon ?? [],
      toggle: (value) =>
        setFilter((now) => ({
          ...now,
          weapon: known(WEAPON_CATEGORIES, toggled<string>(now.weapon, value)),
        })),
    },
  ];
  return <FilterPick label={t('filter.more')} groups={groups} />;
});

/** The words of a list that were chosen, in the list's order. */
function known<Word extends string>(list: readonly Word[], chosen: readonly string[]) {
  return list.filter((each) => chosen.includes(each));
}
