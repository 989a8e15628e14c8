// The style sheets of the screens as one plain test: a class that nothing wears is a line that nobody
// dares to delete.
import { describe, expect, test } from '@jest/globals';
import { posix } from 'node:path';
import { projectFiles, readSource } from './scripts/source-tree.ts';

const SCREENS = projectFiles('apps/web/src');
const SHEETS = SCREENS.filter((path) => path.endsWith('.module.css'));
const SHEET_IMPORT = /import (\w+) from '([^']+\.module\.css)'/g;
const COMPOSES = /composes:\s*([\w\s-]+?)(?:\s+from\s+'([^']+)')?;/g;

/** The classes of a sheet that are its own: what another library drew is `:global`. */
function classesOf(css: string): readonly string[] {
  const own = css.replace(/\/\*.*?\*\//gs, '').replace(/:global\([^)]*\)+/g, '');
  const selectors = [...own.matchAll(/([^{};]+)\{/g)].map(([, selector = '']) => selector);
  const names = selectors.flatMap((selector) => [...selector.matchAll(/\.([a-zA-Z][\w-]*)/g)]);
  return [...new Set(names.map(([, name = '']) => name))];
}

/** `sheet class` for each that some file wears by name, or that another class is composed of. */
function worn(): ReadonlySet<string> {
  const all = new Set<string>();
  for (const path of SCREENS.filter((each) => /\.tsx?$/.test(each))) {
    const { text } = readSource(path);
    for (const [, name = '', sheet = ''] of text.matchAll(SHEET_IMPORT)) {
      for (const [, each = ''] of text.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g')))
        all.add(`${posix.join(posix.dirname(path), sheet)} ${each}`);
    }
  }
  for (const path of SHEETS) {
    for (const [, names = '', from] of readSource(path).text.matchAll(COMPOSES)) {
      const sheet = from === undefined ? path : posix.join(posix.dirname(path), from);
      for (const name of names.split(/\s+/)) all.add(`${sheet} ${name}`);
    }
  }
  return all;
}

describe('a style sheet', () => {
  const inUse = worn();

  test.each(SHEETS)('%s has no class that nothing wears', (sheet) => {
    const dead = classesOf(readSource(sheet).text).filter((name) => !inUse.has(`${sheet} ${name}`));
    expect(dead).toEqual([]);
  });

  test('is read class by class, whatever stands around them', () => {
    const css = `/* .no */ .a:hover > .b-c { width: 1.5rem; }
      @media (max-width: 37.5em) { .d[data-x='1'], .a .e { color: red; } }
      .f :global(.maplibregl-canvas) { height: 0.5rem; }`;
    expect(classesOf(css)).toEqual(['a', 'b-c', 'd', 'e', 'f']);
  });

  test('is worn by name, so that this test can see it', () => {
    const computed = SCREENS.filter((path) => path.endsWith('.tsx')).filter((path) => {
      const { text } = readSource(path);
      const names = [...text.matchAll(SHEET_IMPORT)].map(([, name = '']) => name);
      return names.some((name) => text.includes(`${name}[`));
    });
    expect(computed).toEqual([]);
  });
});
