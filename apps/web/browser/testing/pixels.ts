import type { Locator } from 'playwright-core';

/** What is really on the screen: colours counted in pictures, not in the page's own account of itself. */

/** Pixels of a drawn chart that are neither grey nor empty. */
export function colouredPixels(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const { width, height } = element;
    const data = element.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    let coloured = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0, alpha = 0] = data.slice(at, at + 4);
      if (alpha > 128 && Math.max(red, green, blue) - Math.min(red, green, blue) > 40) coloured += 1;
    }
    return coloured;
  });
}

/** Two pictures of the same place: how many pixels are not the same any more. */
export async function differentPixels(place: Locator, before: Buffer, after: Buffer): Promise<number> {
  const [old, now] = [await decoded(place, before), await decoded(place, after)];
  let different = 0;
  for (let at = 0; at < old.length; at += 1) if (old[at] !== now[at]) different += 1;
  return different + Math.abs(old.length - now.length);
}

/** How many colours, coarsely told apart, cover at least 20 pixels each: an empty map has one or two. */
export async function coloursIn(place: Locator): Promise<number> {
  const pixels = await decoded(place, await place.screenshot());
  const seen = new Map<number, number>();
  for (const pixel of pixels) seen.set(pixel, (seen.get(pixel) ?? 0) + 1);
  return [...seen.values()].filter((times) => times >= 20).length;
}

/** One number a pixel, five bits a channel. The browser decodes, because Node cannot; on a page without a policy. */
async function decoded(place: Locator, picture: Buffer): Promise<readonly number[]> {
  const page = await place.page().context().newPage();
  try {
    return await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const drawing = canvas.getContext('2d');
      drawing?.drawImage(image, 0, 0);
      const data = drawing?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
      return Array.from({ length: data.length / 4 }, (_, pixel) => {
        const [red = 0, green = 0, blue = 0] = data.subarray(pixel * 4, pixel * 4 + 3);
        return ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
      });
    }, picture.toString('base64'));
  } finally {
    await page.close();
  }
}
