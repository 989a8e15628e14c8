/**
 * One spelling for all: what is searched and what is typed are folded alike, so that İğdır, IĞDIR,
 * ığdır and igdir find each other, and neither side's alphabet is the right one. Never shown, never
 * stored in the log; a change only needs the read model to be rebuilt.
 */

/** Letters that Unicode does not take apart into a base and a mark. */
const PLAIN: Readonly<Record<string, string>> = {
  ı: 'i',
  ə: 'e',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
};
const UNPLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'g');
const MARKS = /[\p{M}\p{Cf}]/gu;
/** Apostrophes vanish (Qiyam'ad, Qiyamad); everything else that is no letter or digit separates. */
const APOSTROPHES = /['’‘ʼʻ`´]/g;
const SEPARATORS = /[^\p{L}\p{N}]+/gu;

/** The words of a text as they are searched: none where it has signs alone, which find nothing. */
export function wordsIn(text: string): readonly string[] {
  return foldText(text)
    .split(' ')
    .filter((word) => word !== '');
}

/** Neither marks nor letters to take apart: most texts, and most of the work. */
const ASCII = /^[\0-\x7f]*$/;
const ASCII_APOSTROPHES = /['`]/g;
const ASCII_SEPARATORS = /[^a-z0-9]+/g;

/** Lower case without marks, words parted by single spaces. Folding twice changes nothing. */
export function foldText(text: string): string {
  if (text === '') return text;
  if (ASCII.test(text)) {
    const lower = text.toLowerCase().replace(ASCII_APOSTROPHES, '');
    return lower.replace(ASCII_SEPARATORS, ' ').trim();
  }
  return (
    text
      .replace(APOSTROPHES, '')
      .normalize('NFKD')
      // Taking a letter apart may leave one: ŉ is ʼ and n.
      .replace(APOSTROPHES, '')
      .replace(MARKS, '')
      .toLowerCase()
      .replace(MARKS, '')
      .replace(UNPLAIN, (letter) => PLAIN[letter] ?? letter)
      .replace(SEPARATORS, ' ')
      .trim()
  );
}
