import styles from './map.module.css';

const STEPS = [1, 2, 5];
const WIDEST_PX = 96;

/** A round distance of at most 96 pixels on the ground in the middle of the map. */
export function scaleOf(metresPerPixel: number): { readonly metres: number; readonly px: number } {
  const most = metresPerPixel * WIDEST_PX;
  const power = 10 ** Math.floor(Math.log10(most));
  const step = STEPS.findLast((each) => each * power <= most) ?? 1;
  return { metres: step * power, px: (step * power) / metresPerPixel };
}

export function ScaleBar({
  metresPerPixel,
  label,
}: {
  readonly metresPerPixel: number;
  readonly label: (metres: number) => string;
}) {
  if (metresPerPixel <= 0) return null;
  const { metres, px } = scaleOf(metresPerPixel);
  return (
    <svg
      className={styles.scale}
      width={px + 2}
      height="1.75em"
      role="img"
      aria-label={label(metres)}
    >
      <text x="2" y="0.9em">
        {label(metres)}
      </text>
      <line x1="1" x2="1" y1="1.15em" y2="1.6em" />
      <line x1="1" x2={px + 1} y1="1.6em" y2="1.6em" />
      <line x1={px + 1} x2={px + 1} y1="1.15em" y2="1.6em" />
    </svg>
  );
}
