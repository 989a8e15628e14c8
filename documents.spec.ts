// What the texts say about the tree is true, and no file says where it was written or fetched.
import { describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  lineOf,
  projectFiles,
  projectRoot,
  readSource,
  type SourceFile,
} from './scripts/source-tree.ts';

const CITED = /`([^`\s]+)`|\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
const LOOKS_LIKE_PATH =
  /^(\.\.?\/|apps\/|libs\/|docs\/|bench\/|scripts\/|\.ci\/)[\w./-]+$|^\w[\w.-]*\.(ts|mjs|md|yml)$/;
const BUILT = /(^|\/)(dist|out|node_modules|\.next)(\/|$)/;

/** Paths that a document names and the tree does not hold. */
function brokenCitations({ path, text }: SourceFile, files: readonly string[]): readonly string[] {
  return [...text.matchAll(CITED)].flatMap((match) => {
    const cited = (match[1] ?? match[2] ?? '').replace(/:\d+$/, '');
    if (!LOOKS_LIKE_PATH.test(cited) || BUILT.test(cited)) return [];
    const fromHere = join(dirname(path), cited);
    const stands = [cited, fromHere].some((place) => existsSync(join(projectRoot, place)));
    if (stands || (!cited.includes('/') && files.some((file) => basename(file) === cited)))
      return [];
    return [`${path}:${lineOf(text, match.index)} names ${cited}, which does not exist`];
  });
}

const HOSTS = ['npm_config_registry', 'npm_config__registry']
  .map((name) => process.env[name])
  .flatMap((address) => (address === undefined ? [] : [new URL(address).host]));

/** Paths of a machine, registries and download addresses. */
function machineTraces({ path, text }: SourceFile): readonly string[] {
  const own = [projectRoot, join(dirname(projectRoot), 'shared'), homedir()].filter(
    (place) => place.length > 4,
  );
  const words = [...own.map((place) => `${place}/`), ...HOSTS];
  const pattern =
    /\/(?:home|Users)\/[a-z]\w*\/|\bregistry\.(?:npmjs|yarnpkg)\b|"resolved":\s*"http/g;
  const found = [...text.matchAll(pattern)].map((match) => ({ what: match[0], at: match.index }));
  for (const what of words) if (text.includes(what)) found.push({ what, at: text.indexOf(what) });
  return found.map(
    ({ what, at }) =>
      `${path}:${lineOf(text, at)} names ${what}: nothing of one machine belongs in the repository`,
  );
}

const paths = projectFiles();
const documents = paths
  .filter((path) => /^(README|CONTRIBUTING)\.md$|^docs\/.*\.md$/.test(path))
  .map(readSource);
const texts = paths
  .filter(
    (path) =>
      /\.(ts|tsx|mjs|json|md|ya?ml|css|csv|html|txt)$|^\.[^/]*$|Dockerfile|^\.ci\//.test(path) &&
      path !== '.env',
  )
  .map(readSource);

describe('the documents', () => {
  test('name no path that does not exist', () => {
    expect(documents.flatMap((file) => brokenCitations(file, paths))).toEqual([]);
  });
  test('and a planted one is seen', () => {
    const planted = { path: 'README.md', text: 'see `libs/nowhere.ts`' };
    expect(brokenCitations(planted, [])).toEqual([
      'README.md:1 names libs/nowhere.ts, which does not exist',
    ]);
  });
});

describe('every file', () => {
  test('is free of machine paths, registries and download addresses', () => {
    expect(texts.flatMap(machineTraces)).toEqual([]);
  });
  test('and a planted one is seen', () => {
    const planted = [`${projectRoot}/a`, '/home/' + 'ada/x', 'registry.' + 'npmjs.org'];
    expect(planted.flatMap((text) => machineTraces({ path: 'a.md', text }))).toHaveLength(3);
  });
});
