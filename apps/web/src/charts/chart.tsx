'use client';

import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
  Tooltip,
} from 'chart.js';
import annotationPlugin, { type AnnotationOptions } from 'chartjs-plugin-annotation';
import { useCallback, useEffect, useRef } from 'react';
import { usePrinting } from '../theme/use-printing.ts';
import { hatched } from './hatch.ts';
import type { Marking } from './marking.ts';
import { usePostponed } from './use-postponed.ts';
import styles from './chart.module.css';

/**
 * The only file that touches chart.js: stacked bars over ready buckets, redrawn when told and never by
 * itself. No animation, no time axis (buckets come from the server in the centre's zone), no legend
 * (that is HTML). A reader who cannot see it gets `summary`, and the table its panel offers.
 */
Chart.register(BarController, BarElement, CategoryScale, LinearScale, Tooltip, annotationPlugin);
Chart.defaults.animation = false;

export interface Series {
  readonly label: string;
  /** Name of the colour's token: `--kind-blast`. */
  readonly token: string;
  readonly values: readonly number[];
}

export interface StackedBars {
  readonly labels: readonly string[];
  readonly titles: readonly string[];
  readonly series: readonly Series[];
  /** Whether each bucket reaches beyond the window; such a one is hatched. */
  readonly partial: readonly boolean[];
  readonly markings: readonly Marking[];
}

/** On paper: as wide as an A4 sheet between its margins, and sharper than a screen. */
const PAPER = { width: 680, height: 190, ratio: 3, fontPx: 8.5 };

export function StackedBarChart({
  bars,
  scheme,
  summary,
}: {
  readonly bars: StackedBars;
  readonly scheme: 'light' | 'dark';
  readonly summary: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<Chart | null>(null);
  const printing = usePrinting();
  useEffect(() => {
    if (canvas.current === null) return undefined;
    const drawn = new Chart(canvas.current, { type: 'bar', data: { datasets: [] } });
    chart.current = drawn;
    return () => {
      drawn.destroy();
      chart.current = null;
    };
  }, []);
  const draw = useCallback(() => {
    const drawn = chart.current;
    if (drawn === null) return;
    const { data, options } = configuration(
      bars,
      drawn.canvas,
      printing ? PAPER.fontPx : undefined,
    );
    drawn.data = data;
    if (options !== undefined) drawn.options = options;
    if (printing) {
      drawn.options.devicePixelRatio = PAPER.ratio;
      drawn.resize(PAPER.width, PAPER.height);
    } else if (drawn.width === PAPER.width) {
      drawn.resize();
    }
    drawn.update('none');
  }, [bars, printing]);
  // A tooltip that somebody reads stays; what came meanwhile is drawn when they leave.
  const isRead = useCallback(
    () => !printing && (chart.current?.tooltip?.opacity ?? 0) > 0,
    [printing],
  );
  const left = usePostponed(draw, isRead, scheme);
  return (
    <div className={styles.frame}>
      <canvas ref={canvas} role="img" aria-label={summary} onMouseLeave={left} />
    </div>
  );
}

function configuration(
  bars: StackedBars,
  canvas: HTMLCanvasElement,
  fontPx?: number,
): ChartConfiguration<'bar'> {
  const style = getComputedStyle(canvas);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  const font = { family: style.fontFamily, size: fontPx ?? Number.parseFloat(style.fontSize) };
  const text = colour('--text-dim');
  return {
    type: 'bar',
    data: {
      labels: [...bars.labels],
      datasets: bars.series.map((series) => ({
        label: series.label,
        data: [...series.values],
        backgroundColor: bars.partial.map((partial) =>
          partial ? hatched(colour(series.token), colour('--panel')) : colour(series.token),
        ),
        // A line of the panel's colour parts neighbours whose colours are close.
        borderColor: colour('--panel'),
        borderWidth: { top: 1, bottom: 0, left: 0, right: 0 },
        barPercentage: 1,
        categoryPercentage: bars.labels.length > 60 ? 0.9 : 0.8,
      })),
    },
    options: {
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
          suggestedMax: 4,
          grid: { color: colour('--line') },
          border: { display: false },
          ticks: { color: text, font, precision: 0, maxTicksLimit: 5 },
        },
      },
      plugins: {
        annotation: {
          annotations: bars.markings.map((marking) =>
            annotation(marking, bars.labels.length, colour, font),
          ),
        },
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
          callbacks: { title: ([item]) => bars.titles[item?.dataIndex ?? 0] ?? '' },
        },
      },
    },
  };
}

function annotation(
  { at, to, label }: Marking,
  buckets: number,
  colour: (token: string) => string,
  font: { family: string; size: number },
): AnnotationOptions {
  const words = {
    display: true,
    content: label,
    position: 'start' as const,
    backgroundColor: colour('--panel'),
    color: colour('--text-soft'),
    font: { ...font, weight: 'normal' as const },
    padding: 3,
    xAdjust: awayFromEdge(((to ?? at) + at) / 2 / buckets, (label.length * font.size) / 3.6),
  };
  if (to !== null) {
    return {
      type: 'box',
      xMin: at,
      xMax: to,
      backgroundColor: `${colour('--text-dim')}26`,
      borderWidth: 0,
      label: { ...words, position: { x: 'center', y: 'start' } },
    };
  }
  return {
    type: 'line',
    scaleID: 'x',
    value: at,
    borderColor: colour('--text-dim'),
    borderWidth: 1,
    borderDash: [4, 3],
    label: words,
  };
}

/** Near an edge a label leans inwards by half its width, or the chart would cut it off. */
function awayFromEdge(share: number, halfWidth: number): number {
  if (share > 0.75) return -halfWidth;
  return share < 0.15 ? halfWidth : 0;
}
