'use client';

import { Popover } from '@mantine/core';
import type { ReactNode } from 'react';
import styles from './filter-bar.module.css';

interface FormPickProps {
  readonly opened: boolean;
  /** What stands on the button. */
  readonly label: ReactNode;
  /** Whether something has been chosen: a bound of the list, or a moment in the past. */
  readonly active?: boolean;
  readonly past?: boolean;
  readonly children: ReactNode;
  onOpened(opened: boolean): void;
}

/** A button that opens a form. */
export function FormPick({ opened, label, active, past, children, onOpened }: FormPickProps) {
  return (
    <Popover opened={opened} onChange={onOpened} position="bottom-start" shadow="md" trapFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.pick}
          data-active={active}
          data-past={past}
          onClick={() => onOpened(!opened)}
        >
          {label}
        </button>
      </Popover.Target>
      <Popover.Dropdown>{children}</Popover.Dropdown>
    </Popover>
  );
}
