// Parts of a document that a program writes, between two marks, in a text that a person wrote.
import { readFileSync, writeFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';

/**
 * Replaces what stands between `<!-- PART begins -->` and `<!-- PART ends -->`.
 *
 * @throws Error for a document without these marks
 */
export async function writePart(file: string, part: string, markdown: string): Promise<void> {
  const [begin, end] = [`<!-- ${part} begins -->`, `<!-- ${part} ends -->`];
  const text = readFileSync(file, 'utf8');
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from === -1 || to < from) throw new Error(`${file} has no part ${part}`);
  const whole = `${text.slice(0, from)}${begin}\n\n${markdown}\n\n${text.slice(to)}`;
  const style = await resolveConfig(file);
  writeFileSync(file, await format(whole, { ...style, parser: 'markdown' }));
}
