'use client';

import { Popover } from '@mantine/core';
import { Icon } from '../glyphs/icon.tsx';
import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';

export interface PickGroup {
  readonly heading: string;
  readonly options: readonly {
    readonly value: string;
    readonly label: string;
    readonly sign?: ReactNode;
  }[];
  readonly chosen: readonly string[];
  toggle(value: string): void;
}

/** A button that opens lists of boxes to tick; it says how many are. */
export function FilterPick({
  label,
  groups,
}: {
  readonly label: string;
  readonly groups: readonly PickGroup[];
}) {
  const chosen = groups.reduce((sum, group) => sum + group.chosen.length, 0);
  return (
    <Popover position="bottom-start" shadow="md">
      <Popover.Target>
        <button type="button" className={styles.pick} data-active={chosen > 0}>
          {label}
          {chosen > 0 && <b>{chosen}</b>}
          <Icon name="chevron-down" size={0.875} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <div className={styles.options}>
          {groups.map((group) => (
            <fieldset
              key={group.heading}
              className={styles.group}
              aria-label={group.heading === '' ? label : group.heading}
            >
              {group.heading !== '' && <p className={styles.heading}>{group.heading}</p>}
              {group.options.map((option) => (
                <Option key={option.value} group={group} {...option} />
              ))}
            </fieldset>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

function Option({
  group,
  value,
  label,
  sign,
}: PickGroup['options'][number] & { readonly group: PickGroup }) {
  return (
    <label className={styles.option}>
      <input
        type="checkbox"
        checked={group.chosen.includes(value)}
        onChange={() => group.toggle(value)}
      />
      {sign}
      {label}
    </label>
  );
}
