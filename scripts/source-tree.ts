// Reads the project's own files for the tests that hold the house rules: paths from the root with
// forward slashes, and source text with comments (and, on wish, strings) blanked out in place.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** A path from the root for the project's own files, else the specifier: `zod`, `node:fs`. */
  readonly target: string;
  readonly line: number;
  readonly typeOnly: boolean;
}

const NOT_OURS = new Set(['node_modules', 'dist', 'out', '.next', '.git', 'coverage']);
const PACKAGES: Readonly<Record<string, string>> = {
  '@ceasewatch/domain': 'libs/domain/src',
  '@ceasewatch/tlog': 'libs/tlog/src',
  '@ceasewatch/api': 'apps/api/src',
};

/** Every file of the project that is neither installed nor built nor data, relative to the root. */
export function projectFiles(folder = ''): readonly string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (NOT_OURS.has(entry.name) || path === 'data' || path.endsWith('.tsbuildinfo')) return [];
    return entry.isDirectory() ? projectFiles(path) : entry.isFile() ? [path] : [];
  });
}

/** Tests and what only tests run: they may hold what their subject may not. */
export function isTest(path: string): boolean {
  // The exercise is told from the story and the cast, so they are held to the domain's rules.
  if (/^libs\/domain\/src\/testing\/(?!given-when-then|arbitrary-)/.test(path))
    return path.endsWith('.spec.ts');
  return /\.(spec|contract)\.tsx?$|\/(test|testing|browser)\//.test(path);
}

export function readSource(path: string): SourceFile {
  return { path, text: readFileSync(join(projectRoot, path), 'utf8') };
}

/** The line, from 1, on which a character offset lies. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

const IMPORT =
  /^[ \t]*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** The imports and re-exports of a file, dynamic ones included. */
export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const code = withoutComments(text);
  return [...code.matchAll(IMPORT)].map((match) => ({
    target: resolveSpecifier(path, match[2] ?? match[3] ?? ''),
    line: lineOf(code, match.index + match[0].length),
    typeOnly: match[1] !== undefined,
  }));
}

function resolveSpecifier(from: string, specifier: string): string {
  if (specifier.startsWith('.')) return join(dirname(from), specifier).replaceAll('\\', '/');
  const [scope, name, ...rest] = specifier.split('/');
  const source = PACKAGES[`${scope}/${name}`];
  return source === undefined ? specifier : `${source}/${rest.join('/')}.ts`;
}

// Strings and templates are tried before comments, so that `'https://…'` is not read as one.
const TOKEN =
  /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|(?<=[(,=:[!&|?{};\n]\s*)\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\//g;

export function withoutComments(text: string): string {
  return text.replace(TOKEN, (token, comment?: string) => (comment ? blank(token) : token));
}

/** What is left when comments, strings, templates and regular expressions are blanked. */
export function withoutStrings(text: string): string {
  return text.replace(TOKEN, blank);
}

function blank(token: string): string {
  return token.replace(/[^\n]/g, ' ');
}
