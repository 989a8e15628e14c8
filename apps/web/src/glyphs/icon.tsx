import outlines from './icons.json' with { type: 'json' };

export type IconName = keyof typeof outlines;

/**
 * An icon of the Tabler set beside words or under a label that say the same, so it is hidden from readers.
 * The file of outlines is made by `scripts/take-icons.mjs`.
 *
 * @param size of a side, in rem
 * @param stroke width of the lines on the set's grid of 24; a filled icon has none
 */
export function Icon({
  name,
  size,
  stroke = 2,
  className,
}: {
  readonly name: IconName;
  readonly size: number;
  readonly stroke?: number;
  readonly className?: string;
}) {
  const paint = name.endsWith('-filled')
    ? { fill: 'currentColor' }
    : { fill: 'none', stroke: 'currentColor', strokeWidth: stroke };
  return (
    <svg
      width={`${size}rem`}
      height={`${size}rem`}
      viewBox="0 0 24 24"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      aria-hidden
      {...paint}
    >
      <path d={outlines[name]} />
    </svg>
  );
}
