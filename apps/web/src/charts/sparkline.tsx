import styles from './chart.module.css';

const WIDTH = 100;
const HEIGHT = 24;

/** A row of numbers as a line from zero, with its baseline dashed; the label says it in words. */
export function Sparkline({
  values,
  baseline,
  label,
}: {
  readonly values: readonly number[];
  readonly baseline: number;
  readonly label: string;
}) {
  const most = Math.max(1, baseline, ...values);
  const y = (value: number) => HEIGHT - (value / most) * (HEIGHT - 2) - 1;
  const x = (index: number) => (values.length < 2 ? WIDTH : (index / (values.length - 1)) * WIDTH);
  const path = values.map(
    (value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`,
  );
  return (
    <svg
      className={styles.spark}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <line x1={0} x2={WIDTH} y1={y(baseline)} y2={y(baseline)} />
      <path d={path.join('')} />
    </svg>
  );
}
