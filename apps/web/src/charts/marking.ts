/** Something agreed or announced, drawn across a chart. */
export interface Marking {
  /** Position on the axis in buckets, fractions allowed. */
  readonly at: number;
  /** Its end; null for a moment. */
  readonly to: number | null;
  readonly label: string;
}

interface Ground {
  /** In pixels. */
  readonly area: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  /** Where a bucket's middle lies, in pixels from the left. */
  at(bucket: number): number;
  readonly colours: { readonly line: string; readonly ground: string; readonly text: string };
  readonly font: { readonly family: string; readonly size: number };
}

type Pencil = Pick<
  CanvasRenderingContext2D,
  | 'save'
  | 'restore'
  | 'beginPath'
  | 'rect'
  | 'clip'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'fill'
  | 'fillRect'
  | 'roundRect'
  | 'setLineDash'
  | 'measureText'
  | 'fillText'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
  | 'strokeStyle'
  | 'fillStyle'
>;

const PADDING = 3;
const RADIUS = 6;

/**
 * A moment is a dashed line, a span a shade over the bars; the labels stand at the top, each whole, and
 * one below the other where they would touch.
 */
export function drawMarkings(
  context: Pencil,
  markings: readonly Marking[],
  { area, at, colours, font }: Ground,
): void {
  context.save();
  context.beginPath();
  context.rect(area.left, area.top, area.right - area.left, area.bottom - area.top);
  context.clip();
  context.strokeStyle = colours.line;
  context.setLineDash([4, 3]);
  context.fillStyle = `${colours.line}26`;
  for (const { at: from, to } of markings) {
    if (to === null) drawLine(context, at(from), area);
    else context.fillRect(at(from), area.top, at(to) - at(from), area.bottom - area.top);
  }
  context.font = `${font.size}px ${font.family}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const widthOf = (label: string) => context.measureText(label).width;
  const height = font.size * 1.2 + 2 * PADDING;
  for (const { text, left, width, line } of placedLabels(markings, { area, at }, widthOf)) {
    const top = area.top + line * height;
    context.fillStyle = colours.ground;
    context.beginPath();
    context.roundRect(left, top, width, height, RADIUS);
    context.fill();
    context.fillStyle = colours.text;
    context.fillText(text, left + width / 2, top + height / 2);
  }
  context.restore();
}

function drawLine(context: Pencil, x: number, { top, bottom }: Ground['area']): void {
  context.beginPath();
  context.moveTo(x, top);
  context.lineTo(x, bottom);
  context.stroke();
}

interface Label {
  readonly text: string;
  readonly left: number;
  readonly width: number;
  /** Counted from the top. */
  readonly line: number;
}

/** From left to right, each on the first line where it touches no other. */
function placedLabels(
  markings: readonly Marking[],
  { area, at }: Pick<Ground, 'area' | 'at'>,
  widthOf: (label: string) => number,
): readonly Label[] {
  /** Where the last label of each line ends. */
  const ends: number[] = [];
  const sorted = markings.toSorted((one, other) => one.at - other.at);
  return sorted.map(({ at: from, to, label: text }) => {
    const width = widthOf(text) + 2 * PADDING;
    const middle = (at(from) + at(to ?? from)) / 2;
    // Near an edge it leans inwards, or the chart would cut it off.
    const left = Math.max(area.left, Math.min(area.right - width, middle - width / 2));
    const free = ends.findIndex((end) => end <= left);
    const line = free === -1 ? ends.length : free;
    ends[line] = left + width;
    return { text, left, width, line };
  });
}
