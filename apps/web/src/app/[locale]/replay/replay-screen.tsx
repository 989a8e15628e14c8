'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { MovingMoment } from '../../../filter/moment.ts';
import { whole } from '../../../format/numbers.ts';
import { changeAddress } from '../../../shell/change-address.ts';
import { PageBlank } from '../../../shell/page-blank.tsx';
import { useAddress } from '../../../filter/use-address.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { VerifyPanel } from '../log/verify-panel.tsx';
import { DifferencePanel } from './difference-panel.tsx';
import { EventPanel } from './event-panel.tsx';
import { GoToMoment } from './go-to-moment.tsx';
import { useLastLook } from './last-look.ts';
import { MomentList } from './moment-list.tsx';
import { PinBar } from './pin-bar.tsx';
import { replayAddressOf, type ReplayMove, replayMoved } from './replay-address.ts';
import { StatePanels } from './state-panels.tsx';
import { TimeStrip } from './time-strip.tsx';
import { Transport } from './transport.tsx';
import { type Hands, useHands } from './use-hands.ts';
import { type Missed, type Replay, useReplay } from './use-replay.ts';
import { useReplayKeys } from './use-replay-keys.ts';
import { type LineInHand, useTimeLine } from './use-time-line.ts';
import styles from './replay.module.css';

/**
 * The auditor's replay: the life of the log as a line, and beside it the dashboard as it stood at any
 * moment of it, or what differs between two. The address holds the moment, the pin and the filters; the
 * rest of the page is what everybody sees who opens it.
 */
export function ReplayScreen() {
  const t = useTranslations('replay');
  const text = useSearchParams().toString();
  const address = useMemo(() => replayAddressOf(new URLSearchParams(text)), [text]);
  const { asOf, until } = useAddress();
  const drawn = useTimeLine(address.axis, { asOf, until });
  const replay = useReplay(address.axis, address.step, drawn.line);
  const lastLook = useLastLook();
  const isKnown = replay.head >= 0 && replay.seq <= replay.head;
  const pin = () => {
    if (isKnown) move({ pinned: replay.seq });
  };
  const compare = () => {
    if (!isKnown) return;
    if (address.comparing) move({ comparing: false });
    else move({ pinned: address.pinned ?? replay.seq, comparing: true });
  };
  const hands = useHands({ ...replay, pin, compare });
  useReplayKeys(hands);
  const { head, seq, wanted } = replay;
  const byEvents = address.axis === 'recorded';
  const { settled, error: refused } = useCentre();
  const isDoubtful = asOf !== null && head >= 0 && asOf > head && !settled;
  if (drawn.empty && address.axis === 'recorded') return <EmptyLog />;
  if (isDoubtful && refused === null) return <PageBlank label={t('loading')} />;
  if (isDoubtful && isRefusal(refused))
    return <UnknownMoment seq={asOf} head={head} hands={hands} />;
  return (
    <div className={styles.screen}>
      <h1 className="heard">{t('title')}</h1>
      <section className={styles.controls} aria-label={t('line.label')}>
        <LineOrNotice drawn={drawn} replay={replay} hands={hands} axis={address.axis} />
        <div className={styles.hands}>
          <Transport
            hands={hands}
            playing={replay.playing}
            speed={replay.speed}
            atStart={byEvents && seq <= 0}
            atEnd={byEvents && seq >= head && wanted.asOf !== null}
            axis={address.axis}
            step={address.step}
            onMove={move}
          />
          <GoToMoment head={head} hands={hands} />
          <PinBar
            hands={hands}
            empty={head < 0}
            drawn={replay.drawn}
            address={address}
            lastLook={lastLook}
            onMove={move}
          />
        </div>
        {replay.missed !== null && <MissedNotice missed={replay.missed} replay={replay} />}
      </section>
      <div className={styles.columns}>
        <div className={styles.side}>
          <MomentList replay={replay} hands={hands} />
          <MovingMoment value={replay.drawn}>
            <EventPanel drawn={replay.drawn} head={head} onJump={hands.jump} />
          </MovingMoment>
        </div>
        {address.comparing && address.pinned !== null ? (
          <DifferencePanel pinned={address.pinned} here={replay.drawn.asOf ?? replay.head} />
        ) : (
          <MovingMoment value={replay.shown}>
            <StatePanels drawn={replay.drawn} />
          </MovingMoment>
        )}
      </div>
      <VerifyPanel />
    </div>
  );
}

function move(change: ReplayMove): void {
  changeAddress((now) => replayMoved(now, change));
}

function LineOrNotice({
  drawn,
  replay,
  hands,
  axis,
}: {
  readonly drawn: LineInHand;
  readonly replay: Replay;
  readonly hands: Hands;
  readonly axis: 'recorded' | 'occurred';
}) {
  const t = useTranslations();
  const { line, error } = drawn;
  if (line !== null) return <TimeStrip line={line} axis={axis} replay={replay} hands={hands} />;
  if (error !== null) {
    return (
      <p className={styles.failed} role="alert">
        {t('replay.error.title')}{' '}
        {error instanceof ApiProblem ? t(`problem.${error.code}`) : error.message}{' '}
        <button type="button" onClick={drawn.retry}>
          {t('replay.error.retry')}
        </button>
      </p>
    );
  }
  if (drawn.empty) return <p className={styles.blankLine}>{t('replay.emptyOccurred')}</p>;
  return <div className={styles.blankLine} role="status" aria-label={t('replay.loading')} />;
}

function MissedNotice({ missed, replay }: { readonly missed: Missed; readonly replay: Replay }) {
  const t = useTranslations();
  if ('error' in missed) {
    const { error } = missed;
    return (
      <p className={styles.failed} role="alert">
        {error instanceof ApiProblem ? t(`problem.${error.code}`) : String(error)}
      </p>
    );
  }
  if ('playWaits' in missed)
    return (
      <p className={styles.missed} role="status">
        {t('replay.missed.playWaits')}
      </p>
    );
  const { looked, way } = missed;
  if ('found' in looked)
    return (
      <p className={styles.missed} role="status">
        {t('replay.missed.none', { way: way === 1 ? 'on' : 'back' })}
      </p>
    );
  return (
    <p className={styles.missed} role="status">
      {t('replay.missed.looked', { seq: whole(looked.lookedUpTo) })}{' '}
      <button type="button" onClick={() => replay.jump(looked.lookedUpTo)}>
        {t('replay.missed.goOn')}
      </button>
    </p>
  );
}

/** The node has said so: what this tab has heard of the log may be older than a link to it. */
function isRefusal(error: Error | null): boolean {
  return error instanceof ApiProblem && error.code === 'invalid';
}

/** An address may name an event that is not there: no line, list or panel can stand for it. */
function UnknownMoment({
  seq,
  head,
  hands,
}: {
  readonly seq: number;
  readonly head: number;
  readonly hands: Hands;
}) {
  const t = useTranslations('replay.unknown');
  return (
    <div className={styles.empty} role="alert">
      <h1>{t('title', { seq: whole(seq) })}</h1>
      <p>{t('text', { head: whole(head) })}</p>
      <Button size="compact-md" variant="default" onClick={() => hands.jump(head)}>
        {t('last')}
      </Button>
    </div>
  );
}

function EmptyLog() {
  const t = useTranslations('replay');
  return (
    <div className={styles.empty} role="status">
      <h1>{t('empty.title')}</h1>
      <p>{t('empty.text')}</p>
    </div>
  );
}
