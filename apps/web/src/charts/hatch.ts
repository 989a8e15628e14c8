const patterns = new Map<string, CanvasPattern>();
const SIZE = 6;

/** Diagonal stripes of a colour on a ground: a bucket that is not over yet. */
export function hatched(colour: string, ground: string): CanvasPattern | string {
  const key = `${colour} ${ground}`;
  const known = patterns.get(key);
  if (known !== undefined) return known;
  const tile = document.createElement('canvas');
  tile.width = SIZE;
  tile.height = SIZE;
  const context = tile.getContext('2d');
  if (context === null) return colour;
  context.fillStyle = ground;
  context.fillRect(0, 0, SIZE, SIZE);
  context.strokeStyle = colour;
  context.lineWidth = 2.5;
  // Three strokes, so that the stripes meet across the edges of the tile.
  for (const shift of [-SIZE, 0, SIZE]) {
    context.beginPath();
    context.moveTo(shift, SIZE);
    context.lineTo(shift + SIZE, 0);
    context.stroke();
  }
  const pattern = context.createPattern(tile, 'repeat');
  if (pattern === null) return colour;
  patterns.set(key, pattern);
  return pattern;
}
