import { expect, it } from '@jest/globals';
import { drawMarkings, type Marking } from './marking.ts';

/** A pencil whose letters are each ten pixels wide. */
function pencil() {
  const words: (readonly [text: string, x: number, y: number])[] = [];
  const draws = () => undefined;
  return {
    words,
    save: draws,
    restore: draws,
    beginPath: draws,
    rect: draws,
    clip: draws,
    moveTo: draws,
    lineTo: draws,
    stroke: draws,
    fill: draws,
    fillRect: draws,
    roundRect: draws,
    setLineDash: draws,
    measureText: (text: string) => ({ width: text.length * 10 }) as TextMetrics,
    fillText: (text: string, x: number, y: number) => void words.push([text, x, y]),
    font: '',
    textAlign: 'center' as const,
    textBaseline: 'middle' as const,
    strokeStyle: '',
    fillStyle: '',
  };
}

/** Ten pixels a bucket, a hundred wide. */
function drawn(markings: readonly Marking[]) {
  const tool = pencil();
  drawMarkings(tool, markings, {
    area: { left: 0, right: 100, top: 0, bottom: 50 },
    at: (bucket) => bucket * 10,
    colours: { line: '#000', ground: '#fff', text: '#333' },
    font: { family: 'any', size: 10 },
  });
  return tool.words;
}

it('the label of a moment stands over it, that of a span over its middle', () => {
  expect(drawn([{ at: 5, to: null, label: 'one' }])).toEqual([['one', 50, 9]]);
  expect(drawn([{ at: 2, to: 6, label: 'two' }])).toEqual([['two', 40, 9]]);
});

it('a label near an edge leans inwards and is whole', () => {
  expect(drawn([{ at: 0, to: null, label: 'four' }])).toEqual([['four', 23, 9]]);
  expect(drawn([{ at: 10, to: null, label: 'four' }])).toEqual([['four', 77, 9]]);
});

it('labels that would touch stand one below the other', () => {
  const [late, early, other] = [
    { at: 5, to: null, label: 'late' },
    { at: 4, to: null, label: 'early' },
    { at: 9, to: null, label: 'z' },
  ];
  expect(drawn([late, early, other]).map(([label, , y]) => [label, y])).toEqual([
    ['early', 9],
    ['late', 27],
    ['z', 9],
  ]);
});
