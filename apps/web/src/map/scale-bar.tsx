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
    <svg className={styles.scale} width={px + 2} height="20" role="img" aria-label={label(metres)}>
      <text x="2" y="10">
        {label(metres)}
      </text>
      <path d={`M1 13v5h${px}v-5`} />
    </svg>
  );
}
