/** Something agreed or announced, drawn across a chart. */
export interface Marking {
  /** Position on the axis in buckets, fractions allowed. */
  readonly at: number;
  /** Its end; null for a moment. */
  readonly to: number | null;
  readonly label: string;
}
