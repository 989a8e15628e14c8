'use client';

import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartDataset,
  type ChartOptions,
  LinearScale,
  Tooltip,
} from 'chart.js';
import { useCallback, useEffect, useRef } from 'react';
import { usePrinting } from '../theme/use-printing.ts';
import { hatched } from './hatch.ts';
import { drawMarkings, type Marking } from './marking.ts';
import { usePostponed } from './use-postponed.ts';
import styles from './chart.module.css';

/**
 * The only file that touches chart.js: stacked bars, one stack or several, over ready buckets, redrawn
 * when told and never by itself. No animation, no time axis (buckets come from the server in the centre's zone), no legend
 * (that is HTML). A reader who cannot see it gets `summary`, and the table its panel offers.
 */
Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip);
Chart.defaults.animation = false;

export interface Series {
  readonly label: string;
  /** Name of the colour's token: `--kind-blast`. */
  readonly token: string;
  readonly values: readonly number[];
  /** Series of one stack stand on each other, stacks side by side; all are one stack unless told. */
  readonly stack?: string;
  /** How its bars are filled, so that no series is told apart by colour alone; full unless told. */
  readonly fill?: Fill;
}

export type Fill = 'full' | 'hatched' | 'hollow';

export interface StackedBars {
  readonly labels: readonly string[];
  readonly titles: readonly string[];
  readonly series: readonly Series[];
  /** Whether each bucket reaches beyond the window; such a one is hatched. */
  readonly partial: readonly boolean[];
  readonly markings: readonly Marking[];
  /** Values are parts of a hundred, and the axis ends there. */
  readonly percent?: boolean;
}

type BarChart = Chart<'bar', number[], string>;

/** On paper: as wide as an A4 sheet between its margins, and sharper than a screen. */
const PAPER = { width: 680, height: 190, ratio: 3, fontPx: 8.5 };

export function StackedBarChart({
  bars,
  scheme,
  summary,
  onPick,
}: {
  readonly bars: StackedBars;
  readonly scheme: 'light' | 'dark';
  readonly summary: string;
  /** Somebody chose a bucket by hand; whoever takes it offers the same by key. */
  readonly onPick?: (bucket: number) => void;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<BarChart | null>(null);
  const titles = useRef(bars.titles);
  const shown = useRef<{ readonly bars: StackedBars; readonly paint: Paint } | null>(null);
  const dressed = useRef<Dressed | null>(null);
  const printing = usePrinting();
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const afterDatasetsDraw = (own: BarChart) => {
      if (shown.current === null) return;
      hatchPartial(own, shown.current.bars, shown.current.paint.colour);
      drawAcross(own, shown.current.bars, shown.current.paint);
    };
    const drawn: BarChart = new Chart<'bar', number[], string>(canvas.current, {
      type: 'bar',
      data: { datasets: [] },
      plugins: [{ id: 'over-the-bars', afterDatasetsDraw }],
    });
    chart.current = drawn;
    return () => {
      drawn.destroy();
      chart.current = null;
      dressed.current = null;
    };
  }, []);
  const draw = useCallback(() => {
    const drawn = chart.current;
    if (drawn === null) return;
    titles.current = bars.titles;
    const key = JSON.stringify([scheme, printing, isDense(bars)]);
    const now = performance.now();
    let dress = dressed.current;
    if (dress === null || dress.key !== key || now - dress.at > DRESS_MS) {
      const paint = readPaint(drawn.canvas, printing ? PAPER.fontPx : undefined);
      dress = { key, at: now, paint };
      dressed.current = dress;
      drawn.options = optionsOf(bars, paint, titles);
    }
    shown.current = { bars, paint: dress.paint };
    drawn.data.labels = [...bars.labels];
    bars.series.forEach((series, at) => {
      const [known, next] = [drawn.data.datasets[at], datasetOf(series, bars, dress.paint)];
      // In place: what the chart keeps about a stack stands at its object.
      if (known === undefined) drawn.data.datasets[at] = next;
      else Object.assign(known, next);
    });
    drawn.data.datasets.length = bars.series.length;
    if (printing) {
      drawn.options.devicePixelRatio = PAPER.ratio;
      drawn.resize(PAPER.width, PAPER.height);
    } else if (drawn.width === PAPER.width) {
      drawn.resize();
    }
    drawn.update('none');
  }, [bars, printing, scheme]);
  // A tooltip that somebody reads stays; what came meanwhile is drawn when they leave.
  const isRead = useCallback(
    () => !printing && (chart.current?.tooltip?.opacity ?? 0) > 0,
    [printing],
  );
  const left = usePostponed(draw, isRead, scheme);
  const pick = (event: MouseEvent) => {
    const mode = { intersect: false };
    const [bar] = chart.current?.getElementsAtEventForMode(event, 'index', mode, false) ?? [];
    if (bar !== undefined) onPick?.(bar.index);
  };
  return (
    <div className={styles.frame}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={summary}
        data-picked={onPick !== undefined}
        onMouseLeave={left}
        onClick={({ nativeEvent }) => pick(nativeEvent)}
      />
    </div>
  );
}

type Colour = (token: string) => string;

/** What a drawing looks like, whatever it shows; to read it costs more than to draw. */
interface Paint {
  readonly colour: Colour;
  readonly font: { readonly family: string; readonly size: number };
}

interface Dressed {
  readonly key: string;
  readonly at: number;
  readonly paint: Paint;
}

/** Read again after so long: the reader may have other letters by then. */
const DRESS_MS = 1_000;

function readPaint(canvas: HTMLCanvasElement, fontPx?: number): Paint {
  const style = getComputedStyle(canvas);
  const font = { family: style.fontFamily, size: fontPx ?? Number.parseFloat(style.fontSize) };
  const colours = new Map<string, string>();
  const colour = (token: string) => {
    const known = colours.get(token);
    if (known !== undefined) return known;
    const read = style.getPropertyValue(token).trim();
    colours.set(token, read);
    return read;
  };
  return { colour, font };
}

function isDense({ labels }: StackedBars): boolean {
  return labels.length > 60;
}

function datasetOf(
  series: Series,
  bars: StackedBars,
  { colour }: Paint,
): ChartDataset<'bar', number[]> {
  const hollow = series.fill === 'hollow';
  return {
    label: series.label,
    data: [...series.values],
    ...(series.stack === undefined ? {} : { stack: series.stack }),
    backgroundColor: fillOf(series, colour),
    // A line of the panel's colour parts neighbours whose colours are close.
    borderColor: colour(hollow ? series.token : '--panel'),
    borderWidth: hollow ? ALL_ROUND : ABOVE,
    borderSkipped: false,
    barPercentage: 1,
    categoryPercentage: isDense(bars) ? 0.9 : 0.8,
  };
}

const ALL_ROUND = { top: 1.5, bottom: 1.5, left: 1.5, right: 1.5 };
const ABOVE = { top: 1, bottom: 0, left: 0, right: 0 };

function fillOf({ token, fill = 'full' }: Series, colour: Colour): string | CanvasPattern {
  const [plain, panel] = [colour(token), colour('--panel')];
  if (fill === 'hollow') return panel;
  return fill === 'full' ? plain : hatched(plain, panel);
}

/**
 * Hatches the buckets that reach beyond the window over their bars. Were each bar given a filling of its
 * own, chart.js would resolve the look of eight hundred bars one by one, which costs half of a redraw.
 */
function hatchPartial(chart: BarChart, { series, partial }: StackedBars, colour: Colour): void {
  const { ctx } = chart;
  series.forEach(({ token, fill = 'full' }, at) => {
    if (fill !== 'full') return;
    const bars = chart.getDatasetMeta(at).data;
    partial.forEach((begun, bucket) => {
      const bar = bars[bucket];
      if (!begun || !(bar instanceof BarElement)) return;
      const { x, y, base, width } = bar.getProps(['x', 'y', 'base', 'width'], true);
      if (x === null || y === null) return;
      ctx.fillStyle = hatched(colour(token), colour('--panel'));
      ctx.fillRect(x - width / 2, y + ABOVE.top, width, Math.max(0, base - y - ABOVE.top));
    });
  });
}

function drawAcross({ ctx, chartArea, scales }: BarChart, bars: StackedBars, paint: Paint): void {
  const { colour, font } = paint;
  drawMarkings(ctx, bars.markings, {
    area: chartArea,
    at: (bucket) => scales['x']?.getPixelForValue(bucket) ?? Number.NaN,
    colours: { line: colour('--text-dim'), ground: colour('--panel'), text: colour('--text-soft') },
    font,
  });
}

function optionsOf(
  bars: StackedBars,
  { colour, font }: Paint,
  titles: { readonly current: readonly string[] },
): ChartOptions<'bar'> {
  const text = colour('--text-dim');
  return {
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: {
        stacked: true,
        grid: { display: false },
        border: { color: colour('--line-strong') },
        ticks: { color: text, font, maxRotation: 0, autoSkipPadding: 14 },
      },
      y: {
        stacked: true,
        beginAtZero: true,
        ...(bars.percent === true ? { max: 100 } : { suggestedMax: 4 }),
        grid: { color: colour('--line') },
        border: { display: false },
        ticks: {
          color: text,
          font,
          precision: 0,
          maxTicksLimit: 5,
          ...(bars.percent === true ? { callback: (value) => `${value} %` } : {}),
        },
      },
    },
    plugins: {
      tooltip: {
        backgroundColor: colour('--page'),
        borderColor: colour('--line-strong'),
        borderWidth: 1,
        titleColor: colour('--text'),
        bodyColor: colour('--text-soft'),
        titleFont: font,
        bodyFont: font,
        boxWidth: 8,
        boxHeight: 8,
        filter: (item) => item.parsed.y !== 0,
        callbacks: { title: ([item]) => titles.current[item?.dataIndex ?? 0] ?? '' },
      },
    },
  };
}
