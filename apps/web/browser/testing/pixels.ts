import type { Locator, Page } from 'playwright-core';

/**
 * What is really on the screen: pictures are looked at, not the page's own account of itself. The
 * browser decodes and counts, on an empty page, because Node cannot decode and a picture is large.
 */

/** Pixels of a drawn chart that are neither grey nor empty. */
export function colouredPixels(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const drawing = element.getContext('2d');
    if (drawing === null) throw new Error('not a drawing');
    const { data } = drawing.getImageData(0, 0, element.width, element.height);
    let coloured = 0;
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
      const spread = Math.max(red, green, blue) - Math.min(red, green, blue);
      if ((data[at + 3] ?? 0) > 128 && spread > 40) coloured += 1;
    }
    return coloured;
  });
}

/** How many pixels of two pictures of one place are not the same. */
export async function differentPixels(place: Locator, before: Buffer): Promise<number> {
  const pictures = [before, await place.screenshot()].map(base64);
  return onEmptyPage(place.page(), (page) =>
    page.evaluate(async (both) => {
      const [old, now] = await Promise.all(both.map(decoded));
      let different = 0;
      for (let at = 0; at < Math.max(old?.length ?? 0, now?.length ?? 0); at += 1) {
        if (old?.[at] !== now?.[at]) different += 1;
      }
      return different;

      async function decoded(picture: string): Promise<Uint32Array> {
        const image = new Image();
        image.src = `data:image/png;base64,${picture}`;
        await image.decode();
        const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
        drawing?.drawImage(image, 0, 0);
        const data = drawing?.getImageData(0, 0, image.width, image.height).data;
        return new Uint32Array(data?.buffer ?? new ArrayBuffer(0));
      }
    }, pictures),
  );
}

/** How many colours, coarsely told apart, cover at least 20 pixels each: an empty map has one or two. */
export async function coloursIn(place: Locator): Promise<number> {
  const picture = base64(await place.screenshot());
  return onEmptyPage(place.page(), (page) =>
    page.evaluate(async (encoded) => {
      const image = new Image();
      image.src = `data:image/png;base64,${encoded}`;
      await image.decode();
      const drawing = new OffscreenCanvas(image.width, image.height).getContext('2d');
      drawing?.drawImage(image, 0, 0);
      const data = drawing?.getImageData(0, 0, image.width, image.height).data ?? [];
      const seen = new Uint32Array(1 << 15);
      for (let at = 0; at < data.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = [data[at], data[at + 1], data[at + 2]];
        const colour = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
        seen[colour] = (seen[colour] ?? 0) + 1;
      }
      return seen.filter((times) => times >= 20).length;
    }, picture),
  );
}

function base64(picture: Buffer): string {
  return picture.toString('base64');
}

/** Without a policy of its own, so that a picture may come from the test. */
async function onEmptyPage<Answer>(
  beside: Page,
  look: (page: Page) => Promise<Answer>,
): Promise<Answer> {
  const page = await beside.context().newPage();
  try {
    return await look(page);
  } finally {
    await page.close();
  }
}
