'use client';

import { useTranslations } from 'next-intl';
import { type KeyboardEvent, memo, type PointerEvent, useMemo, useRef } from 'react';
import type { Moment } from '../../../filter/moment.ts';
import { dayOrDate, dtg, millis } from '../../../format/instants.ts';
import { whole } from '../../../format/numbers.ts';
import { age } from '../../../format/quantities.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { clamp } from './time-line.ts';
import type { Axis } from './replay-address.ts';
import type { Hands } from './use-hands.ts';
import { isLive, type Replay } from './use-replay.ts';
import type { Line, Mark } from './use-time-line.ts';
import styles from './strip.module.css';

/**
 * The whole life as one line: how much there is when, what was agreed, and where one stands. It is
 * dragged, and everything that dragging does the keys on it do as well, and the buttons below it.
 */
export function TimeStrip({
  line,
  axis,
  replay,
  hands,
}: {
  readonly line: Line;
  readonly axis: Axis;
  readonly replay: Replay;
  readonly hands: Hands;
}) {
  const t = useTranslations('replay.line');
  const here = line.placeOf(replay.wanted);
  const most = Math.max(1, ...line.density);
  const drawing = useRef<HTMLDivElement>(null);
  const dragging = useRef(false);
  const dragTo = (event: PointerEvent) => {
    const box = drawing.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    replay.drag(line.momentAt(clamp((event.clientX - box.left) / box.width)));
  };
  return (
    <div className={styles.strip}>
      <Marks line={line} axis={axis} known={knownOf(line, replay.wanted)} hands={hands} />
      <div
        ref={drawing}
        className={styles.drawing}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          dragging.current = true;
          event.currentTarget.setPointerCapture(event.pointerId);
          dragTo(event);
        }}
        onPointerMove={(event) => {
          if (dragging.current) dragTo(event);
        }}
        onPointerUp={() => (dragging.current = false)}
        onPointerCancel={() => (dragging.current = false)}
      >
        <Density density={line.density} most={most} here={here} />
        {line.marks.map(({ seq, place }) => (
          <i
            key={seq}
            className={styles.tick}
            data-later={isLater(seq, replay.wanted)}
            style={{ left: `${place * 100}%` }}
          />
        ))}
        <Thumb line={line} axis={axis} replay={replay} here={here} />
      </div>
      <Ends line={line} most={most} axis={axis} label={t('label')} />
    </div>
  );
}

/** One path for all bars, drawn dim, and once more bright up to where one stands. */
function Density({
  density,
  most,
  here,
}: {
  readonly density: readonly number[];
  readonly most: number;
  readonly here: number;
}) {
  const d = useMemo(() => pathOf(density, most), [density, most]);
  return (
    <svg
      className={styles.density}
      viewBox={`0 0 ${Math.max(1, density.length)} 100`}
      preserveAspectRatio="none"
      aria-hidden
    >
      <clipPath id="replay-known">
        <rect width={here * density.length} height="100" />
      </clipPath>
      <path className={styles.later} d={d} />
      <path className={styles.known} d={d} clipPath="url(#replay-known)" />
    </svg>
  );
}

function pathOf(density: readonly number[], most: number): string {
  return density
    .map((events, part) => {
      if (events === 0) return '';
      // The root of the share: one wild day does not make all others look like nothing.
      const height = Math.max(3, Math.sqrt(events / most) * 100);
      return `M${part + 0.08} 100v${-height}h0.84v${height}z`;
    })
    .join('');
}

function Thumb({
  line,
  axis,
  replay,
  here,
}: {
  readonly line: Line;
  readonly axis: Axis;
  readonly replay: Replay;
  readonly here: number;
}) {
  const t = useTranslations('replay.line');
  const text = useMomentText(line, replay);
  const { head, seq } = replay;
  const keyed = (event: KeyboardEvent) => {
    const act = ACTS[event.key];
    if (act === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    // Also where single keys are switched off: they belong to the slider that has the focus.
    event.preventDefault();
    act(replay, event.shiftKey);
  };
  const range =
    axis === 'recorded'
      ? { min: 0, max: Math.max(0, head), now: Math.max(0, seq) }
      : { min: line.from, max: line.to, now: line.from + here * (line.to - line.from) };
  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.thumb}
      style={{ left: `${here * 100}%` }}
      data-live={isLive(replay.wanted)}
      aria-label={t('scrubber')}
      aria-valuemin={range.min}
      aria-valuemax={range.max}
      aria-valuenow={Math.round(range.now)}
      aria-valuetext={text}
      onKeyDown={keyed}
    >
      <span data-side={here > 0.85 ? 'left' : 'right'}>
        {replay.wanted.until === null ? `#${whole(Math.max(0, seq))}` : text}
      </span>
    </div>
  );
}

const ACTS: Readonly<Record<string, (replay: Replay, shift: boolean) => void>> = {
  ArrowLeft: (replay, shift) => (shift ? replay.leap(-1) : replay.step(-1)),
  ArrowDown: (replay, shift) => (shift ? replay.leap(-1) : replay.step(-1)),
  ArrowRight: (replay, shift) => (shift ? replay.leap(1) : replay.step(1)),
  ArrowUp: (replay, shift) => (shift ? replay.leap(1) : replay.step(1)),
  PageDown: (replay) => replay.leap(-1),
  PageUp: (replay) => replay.leap(1),
  Home: (replay) => replay.toEnd(-1),
  End: (replay) => replay.toEnd(1),
};

/** What is agreed or announced, each a way to its event; what comes later has no name yet. */
const Marks = memo(function Marks({
  line,
  axis,
  known,
  hands,
}: {
  readonly line: Line;
  readonly axis: Axis;
  /** The last event that any of them may be known by. */
  readonly known: number;
  readonly hands: Hands;
}) {
  const t = useTranslations('replay.line');
  const marks = line.marks.toSorted((one, other) => one.place - other.place);
  return (
    <ul className={styles.marks} aria-label={t('marks')}>
      {marks.map((mark, at) => {
        const later = mark.seq > known;
        const room = roomAfter(mark, marks[at + 1]);
        const go = () =>
          axis === 'recorded' ? hands.jump(mark.seq) : hands.drag(line.momentAt(mark.place));
        return (
          <li key={mark.seq} style={{ left: `${mark.place * 100}%`, maxWidth: `${room * 100}%` }}>
            <button
              type="button"
              data-later={later}
              title={later ? t('later') : mark.label}
              aria-label={
                later ? t('later') : t('mark', { label: mark.label, seq: whole(mark.seq) })
              }
              onClick={go}
            >
              {later ? '' : mark.label}
            </button>
          </li>
        );
      })}
    </ul>
  );
});

/** Of the marks that are known the last: it changes only where one goes over a mark. */
function knownOf({ marks }: Line, moment: Moment): number {
  return marks.reduce((last, { seq }) => (isLater(seq, moment) ? last : Math.max(last, seq)), -1);
}

/** Nothing that is known only later has a name on the page. */
function isLater(seq: number, { asOf }: Moment): boolean {
  return asOf !== null && seq > asOf;
}

function roomAfter(mark: Mark, next: Mark | undefined): number {
  return Math.max(0.02, (next?.place ?? 1) - mark.place);
}

const Ends = memo(function Ends({
  line,
  most,
  axis,
  label,
}: {
  readonly line: Line;
  readonly most: number;
  readonly axis: Axis;
  readonly label: string;
}) {
  const t = useTranslations();
  const { zone } = useCentre();
  const part = age((line.to - line.from) / Math.max(1, line.density.length), t);
  return (
    <div className={styles.ends} aria-label={label} role="group">
      <span>{dayOrDate(line.from, zone, line.to)}</span>
      <span>
        {t(axis === 'recorded' ? 'replay.line.density' : 'replay.line.densityOccurred', {
          most,
          part,
        })}
      </span>
      <span>{dayOrDate(line.to, zone, line.to)}</span>
    </div>
  );
});

/** Where one stands, in words. */
function useMomentText(line: Line, { wanted, seq, head }: Replay): string {
  const t = useTranslations('replay.line');
  const { zone } = useCentre();
  if (wanted.until !== null)
    return t('until', { time: dtg(millis(wanted.until), zone), seq: whole(seq) });
  if (wanted.asOf === null) return t('live', { head: whole(Math.max(0, head)) });
  const ms = line.from + line.placeOf(wanted) * (line.to - line.from);
  return t('event', { seq: whole(wanted.asOf), head: whole(head), time: dtg(ms, zone) });
}
