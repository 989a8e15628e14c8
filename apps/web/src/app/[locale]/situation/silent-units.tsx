'use client';

import { Popover } from '@mantine/core';
import type { SituationAnswer } from '@ceasewatch/api/contract/situation';
import { useTranslations } from 'next-intl';
import { useAddress } from '../../../filter/use-address.ts';
import { millis } from '../../../format/instants.ts';
import { whole } from '../../../format/numbers.ts';
import { age } from '../../../format/quantities.ts';
import type { Words } from '../../../format/words.ts';
import { usePictureNow } from '../../../live/use-now.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { BlankTile } from './figure-tile.tsx';
import styles from './tile.module.css';

type Silent = SituationAnswer['silentUnits'];

/** Units from which nothing has come for a day. Silence is not quiet: nobody knows who was watching. */
export function SilentUnits({
  silent,
  at,
}: {
  readonly silent: Silent | null;
  /** The end of the situation's windows: the moment that a view of the past stands at. */
  readonly at: string | null;
}) {
  const t = useTranslations();
  const { centre, names } = useCentre();
  const present = usePictureNow();
  const { past } = useAddress();
  const now = past && at !== null ? millis(at) : present;
  const title = t('situation.figure.unitsSilent');
  if (silent === null || centre === null) return <BlankTile title={title} />;
  const open = centre.units.filter(
    (unit) => unit.closedAt === null && unit.kind !== 'external_source',
  ).length;
  const [longest] = [...silent].sort((one, other) => lastOf(one) - lastOf(other));
  const heard =
    longest === undefined ? t('situation.figure.allHeard') : silence(longest, names.unit, now, t);
  return (
    <Popover position="bottom-end" withArrow shadow="md">
      <Popover.Target>
        <button
          type="button"
          className={styles.tile}
          data-figure="unitsSilent"
          title={t('situation.figure.open')}
        >
          <span className={styles.name}>{title}</span>
          <span className={styles.row}>
            <span className={styles.value}>
              {whole(silent.length)}
              <span className={styles.unit}> {t('situation.figure.of', { n: whole(open) })}</span>
            </span>
          </span>
          <span className={styles.line}>{heard}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.detail}>
          <div>
            <h3>{t('situation.figure.rule')}</h3>
            <p>{t('situation.figure.rules.unitsSilent')}</p>
          </div>
          <ul className={styles.units}>
            {silent.map((each) => (
              <li key={each.unit}>
                <span>{names.unit(each.unit)}</span>
                <span>
                  {each.lastReport === null
                    ? t('live.never')
                    : age(now - millis(each.lastReport), t)}
                </span>
              </li>
            ))}
          </ul>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function lastOf({ lastReport }: Silent[number]): number {
  return lastReport === null ? Number.NEGATIVE_INFINITY : millis(lastReport);
}

function silence(
  { unit, lastReport }: Silent[number],
  nameOf: (id: string) => string,
  now: number,
  t: Words,
): string {
  if (lastReport === null) return t('situation.figure.neverHeard', { unit: nameOf(unit) });
  return t('situation.figure.longest', {
    unit: nameOf(unit),
    age: age(now - millis(lastReport), t),
  });
}
