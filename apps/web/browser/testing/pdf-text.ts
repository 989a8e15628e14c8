import { inflateSync } from 'node:zlib';

/**
 * The words of a PDF as Chromium prints it, page by page: content streams decoded through the fonts'
 * own tables of letters. Enough for what this browser writes, and no reader of PDFs in general.
 */
export function textOfPdf(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const letters = new Map<string, ReadonlyMap<number, string>>();
  for (const { dictionary } of objects.values()) {
    for (const [, name = '', font = ''] of dictionary.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(font)?.dictionary ?? '')?.[1];
      if (table !== undefined) letters.set(name, lettersOf(objects.get(table)?.stream ?? ''));
    }
  }
  const pages = [...objects.values()].filter(({ dictionary }) =>
    /\/Type \/Page\b/.test(dictionary),
  );
  return pages.map(({ dictionary }) => {
    const contents = /\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? '';
    return [...drawnIn(dictionary, objects), contents]
      .map((each) => wordsOf(objects.get(each)?.stream ?? '', letters))
      .join(' ');
  });
}

/** What a page or a drawing takes in from elsewhere, and what that takes in: Chromium groups so. */
function drawnIn(dictionary: string, objects: ReadonlyMap<string, PdfObject>): string[] {
  return [...dictionary.matchAll(/\/X\d+ (\d+) 0 R/g)].flatMap(([, drawing = '']) => [
    drawing,
    ...drawnIn(objects.get(drawing)?.dictionary ?? '', objects),
  ]);
}

interface PdfObject {
  readonly dictionary: string;
  readonly stream: string;
}

function objectsOf(pdf: Buffer): ReadonlyMap<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const found of text.matchAll(/(\d+) 0 obj\s(.*?)(?:stream\r?\n|endobj)/gs)) {
    const [whole, number = '', dictionary = ''] = found;
    const begin = found.index + whole.length;
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    const bytes = pdf.subarray(begin, begin + length);
    const isStream = whole.endsWith('\n');
    const stream = !isStream
      ? ''
      : dictionary.includes('/FlateDecode')
        ? inflateSync(bytes).toString('latin1')
        : bytes.toString('latin1');
    objects.set(number, { dictionary, stream });
  }
  return objects;
}

/** Glyph to letter: `<0003> <0020>` alone, `<0003> <0005> <0041>` as a run. */
function lettersOf(table: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, block = ''] of table.matchAll(/beginbfchar(.*?)endbfchar/gs))
    for (const [, glyph = '', letter = ''] of block.matchAll(/<(\w+)>\s*<(\w+)>/g))
      letters.set(Number.parseInt(glyph, 16), unicode(letter));
  for (const [, block = ''] of table.matchAll(/beginbfrange(.*?)endbfrange/gs))
    for (const [, from = '', to = '', letter = ''] of block.matchAll(
      /<(\w+)>\s*<(\w+)>\s*<(\w+)>/g,
    )) {
      const first = Number.parseInt(from, 16);
      for (let glyph = first; glyph <= Number.parseInt(to, 16); glyph += 1)
        letters.set(glyph, String.fromCodePoint(Number.parseInt(letter, 16) + glyph - first));
    }
  return letters;
}

function unicode(hex: string): string {
  return Buffer.from(hex, 'hex').swap16().toString('utf16le');
}

function wordsOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<number, string>>): string {
  let letters: ReadonlyMap<number, string> = new Map();
  let said = '';
  for (const [token] of content.matchAll(/\/F\d+(?= [\d.]+ Tf)|<\w+>|\bET\b/g)) {
    if (token === 'ET') said += ' ';
    else if (token.startsWith('/')) letters = fonts.get(token.slice(1)) ?? new Map();
    else said += glyphsOf(token.slice(1, -1), letters);
  }
  return said.replaceAll(/\s+/g, ' ');
}

/** A glyph is two bytes in a font of many letters, one in a font that Chromium drew itself. */
function glyphsOf(hex: string, letters: ReadonlyMap<number, string>): string {
  const wide = hex.length % 4 === 0 && letters.get(Number.parseInt(hex.slice(0, 4), 16));
  const size = wide === false || wide === undefined ? 2 : 4;
  const glyphs = hex.match(new RegExp(`.{${size}}`, 'g')) ?? [];
  return glyphs.map((glyph) => letters.get(Number.parseInt(glyph, 16)) ?? '').join('');
}
