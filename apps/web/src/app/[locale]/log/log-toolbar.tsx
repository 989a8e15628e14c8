'use client';

import { Button, Switch } from '@mantine/core';
import { Icon } from '../../../glyphs/icon.tsx';
import { useTranslations } from 'next-intl';
import { whole } from '../../../format/numbers.ts';
import { CopyButton } from './copy-button.tsx';
import { curlOf } from './curl.ts';
import { GoToEvent } from './go-to-event.tsx';
import type { Place } from './log-address.ts';
import { type LogPage, type LogQuestion, searchOfQuestion } from './log-page.ts';
import styles from './log.module.css';

/** Four buttons and a switch that never change their places; what cannot be done now is only dimmed. */
export function LogToolbar(props: {
  readonly page: LogPage | undefined;
  readonly last: number;
  readonly live: boolean;
  readonly past: boolean;
  readonly newer: Place | null;
  readonly waiting: number;
  readonly held: boolean;
  readonly onTurn: (to: Place | null | undefined) => void;
  readonly onLive: (on: boolean) => void;
  readonly unfolded: boolean;
  readonly onUnfold: (on: boolean) => void;
  readonly question: LogQuestion;
  readonly onGoTo: (seq: number) => void;
}) {
  const t = useTranslations('log.place');
  const { page, last, live, past, newer, waiting, onTurn } = props;
  const older = page?.older ?? null;
  return (
    <div className={styles.toolbar}>
      <div role="group" aria-label={t('label')} className={`no-print ${styles.turns}`}>
        <Button
          variant="default"
          size="compact-sm"
          disabled={older === null}
          leftSection={<Icon name="chevron-left-pipe" size={1} />}
          onClick={() => onTurn({ at: 'after', seq: -1 })}
        >
          {t('oldest')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={older === null}
          leftSection={<Icon name="chevron-left" size={1} />}
          onClick={() => onTurn(older)}
        >
          {t('older')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={newer === null}
          rightSection={<Icon name="chevron-right" size={1} />}
          onClick={() => onTurn(newer)}
        >
          {t('newer')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          disabled={newer === null && (waiting === 0 || live)}
          rightSection={<Icon name="chevron-right-pipe" size={1} />}
          onClick={() => onTurn({ at: 'newest' })}
        >
          {t('newest')}
        </Button>
      </div>
      <Switch
        className="no-print"
        label={t('live')}
        title={past ? t('livePast') : t('liveHelp')}
        checked={live}
        disabled={past}
        onChange={(event) => props.onLive(event.currentTarget.checked)}
      />
      <Switch
        className="no-print"
        label={t('unfold')}
        checked={props.unfolded}
        onChange={(event) => props.onUnfold(event.currentTarget.checked)}
      />
      <CopyButton
        label={t('copyCurl')}
        text={() => curlOf('/api/events', searchOfQuestion(props.question))}
      />
      <span className={styles.waiting} data-waiting={waiting > 0 && (!live || props.held)}>
        {props.held ? t('waiting', { n: whole(waiting) }) : t('newerCount', { n: whole(waiting) })}
      </span>
      <span className={styles.shown}>{shown(page, last, t)}</span>
      <GoToEvent last={last} onGo={props.onGoTo} />
    </div>
  );
}

type PlaceWords = ReturnType<typeof useTranslations<'log.place'>>;

function shown(page: LogPage | undefined, last: number, t: PlaceWords): string {
  if (page === undefined) return '';
  const head = whole(last);
  const to = page.items[0]?.seq;
  const from = page.items.at(-1)?.seq;
  if (from === undefined || to === undefined) return t('shownNone', { head });
  if (from === to) return t('shownOne', { from: whole(from), head });
  return t('shown', { from: whole(from), to: whole(to), head });
}
