// Parts of a document that a program writes, between two marks, in a text that a person wrote.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/**
 * Replaces what stands between `<!-- PART begins -->` and `<!-- PART ends -->`.
 *
 * @throws Error for a document without these marks
 */
export async function writePart(file: string, part: string, markdown: string): Promise<void> {
  const { before, after } = partOf(file, part);
  const style = await resolveConfig(file);
  const whole = `${before}\n\n${markdown}\n\n${after}`;
  writeFileSync(file, await format(whole, { ...style, parser: 'markdown' }));
}

/** What stands there now. @throws Error for a document without these marks */
export function readPart(file: string, part: string): string {
  return partOf(file, part).written;
}

function partOf(file: string, part: string) {
  const [begin, end] = [`<!-- ${part} begins -->`, `<!-- ${part} ends -->`];
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)];
  if (!text.includes(begin) || to < from) throw new Error(`${file} has no part ${part}`);
  return { before: text.slice(0, from), written: text.slice(from, to), after: text.slice(to) };
}
