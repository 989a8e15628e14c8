// What the texts say about the tree is true, and no file says where it was written or fetched.
import { describe, expect, test } from '@jest/globals';
import { observationContent } from '@ceasewatch/domain/observation/observation.events';
import { RESTRICTION_KINDS } from '@ceasewatch/domain/observation/vocabulary';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import {
  lineOf,
  projectFiles,
  projectRoot,
  readSource,
  type SourceFile,
  withoutComments,
} from './scripts/source-tree.ts';

const NAMED = /`([^`\s]+)`/g;
const LINKED = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g;
const HAS_SCHEME = /^[a-z][a-z+.-]*:/;
const DOCUMENT_NAME = /(?<![\w/.-])(?:\.{0,2}\/)?\w[\w./-]*\.md\b/g;
const LOOKS_LIKE_PATH =
  /^(\.\.?\/|apps\/|libs\/|docs\/|bench\/|scripts\/|\.ci\/)[\w./-]+$|^\w[\w.-]*\.(ts|mjs|md|yml)$/;
const BUILT = /(^|\/)(dist|out|node_modules|\.next)(\/|$)/;

/** Paths that a document names and the tree does not hold: every link, and code that looks like a path. */
function brokenCitations({ path, text }: SourceFile, files: readonly string[]): readonly string[] {
  const linked = [...text.matchAll(LINKED)]
    .map((match) => ({ cited: decodeURIComponent(match[1] ?? ''), at: match.index }))
    .filter(({ cited }) => !HAS_SCHEME.test(cited));
  const named = [...text.matchAll(NAMED)]
    .map((match) => ({ cited: (match[1] ?? '').replace(/:\d+$/, ''), at: match.index }))
    .filter(({ cited }) => LOOKS_LIKE_PATH.test(cited));
  return [...linked, ...named]
    .filter(({ cited }) => !BUILT.test(cited) && !stands(path, cited, files))
    .map(({ cited, at }) => `${path}:${lineOf(text, at)} names ${cited}, which does not exist`);
}

/** Documents that a comment sends its reader to and the tree does not hold. */
function brokenComments({ path, text }: SourceFile, files: readonly string[]): readonly string[] {
  const code = path.endsWith('.yml') ? text.replace(/#.*/g, blank) : withoutComments(text);
  return [...text.matchAll(DOCUMENT_NAME)]
    .filter(({ index }) => code[index] === ' ')
    .filter(([cited]) => !stands(path, cited, files))
    .map((match) => `${path}:${lineOf(text, match.index)} names ${match[0]}, which does not exist`);
}

function stands(from: string, cited: string, files: readonly string[]): boolean {
  const places = [cited, join(dirname(from), cited)];
  return (
    places.some((place) => existsSync(join(projectRoot, place))) ||
    (!cited.includes('/') && files.some((file) => basename(file) === cited))
  );
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}

const HOSTS = ['npm_config_registry', 'npm_config__registry']
  .map((name) => process.env[name])
  .flatMap((address) => (address === undefined ? [] : [new URL(address).host]));

/** Where this clone lies and what lies around it; a name as short as `/app` may stand in any text. */
const PLACES = [projectRoot, join(dirname(projectRoot), 'shared'), homedir()].filter(
  (place) => place.length > 4,
);

/** Paths of a machine, registries and download addresses. */
function machineTraces({ path, text }: SourceFile, places: readonly string[]): readonly string[] {
  const words = [...places.map((place) => `${place}/`), ...HOSTS];
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
const commented = paths.filter((path) => /\.(ts|tsx|mjs|css|yml)$/.test(path)).map(readSource);
const texts = paths
  .filter((path) =>
    /\.(ts|tsx|mjs|json|md|ya?ml|css|csv|html|txt)$|^\.[^/]*$|Dockerfile|^\.ci\//.test(path),
  )
  .map(readSource);

describe('the documents', () => {
  test('name no path that does not exist', () => {
    expect(documents.flatMap((file) => brokenCitations(file, paths))).toEqual([]);
  });
  test('and a planted one is seen', () => {
    const text = 'see `libs/nowhere.ts`\n[a](apps/%5Ba%5D/b.tsx) [b](NOTICE) [c](https://a.b)';
    expect(brokenCitations({ path: 'README.md', text }, [])).toEqual([
      'README.md:2 names apps/[a]/b.tsx, which does not exist',
      'README.md:2 names NOTICE, which does not exist',
      'README.md:1 names libs/nowhere.ts, which does not exist',
    ]);
  });
  test('are the only ones that a comment sends its reader to', () => {
    expect(commented.flatMap((file) => brokenComments(file, paths))).toEqual([]);
  });
  test('and a planted one is seen, in a comment only', () => {
    const text = "const a = 'b.md'; // as c.md says\n/* see docs/glossary.md, reference/d.md */";
    expect(brokenComments({ path: 'a.ts', text }, [])).toEqual([
      'a.ts:1 names c.md, which does not exist',
      'a.ts:2 names reference/d.md, which does not exist',
    ]);
  });
});

describe('the texts', () => {
  const textOf = (path: string) => documents.find((each) => each.path === path)?.text ?? '';

  test('count the restrictions that there are', () => {
    const glossary = textOf('docs/glossary.md');
    const listed = /^\| \*\*restriction\*\* +\|[^|:]*: ([^|]*?)\. *\|$/m.exec(glossary)?.[1] ?? '';
    expect(listed.split(', ').map((said) => said.split(' ').at(-1))).toEqual(
      RESTRICTION_KINDS.map((kind) => kind.replace('hazard_', '').split('_').at(-1)),
    );
    const numbers = [
      'zero',
      'one',
      'two',
      'three',
      'four',
      'five',
      'six',
      'seven',
      'eight',
      'nine',
    ];
    expect(glossary).toContain(`it is one of ${numbers[RESTRICTION_KINDS.length]}`);
  });
  test('ask for the Node that the launcher is written for, and for no other', () => {
    const told = ['README.md', 'CONTRIBUTING.md']
      .map(textOf)
      .flatMap((text) => [...text.matchAll(/\bNode (\d+)/g)].map((match) => match[1]));
    const launcher = readSource('scripts/launcher/install.mjs').text;
    const oldest = /any Node from (\d+) on/.exec(launcher)?.[1];
    expect(new Set(told)).toEqual(new Set([oldest]));
  });
  test('show a change of the live feed as the feed sends one', () => {
    const shown = /```text\n(\{.*\})\n```/.exec(textOf('docs/live-protocol.md'))?.[1] ?? '{}';
    const { before, after, ...change }: Record<string, unknown> = JSON.parse(shown);
    expect(before).toBeNull();
    expect(Object.keys(change)).toEqual(['seq', 'type', 'subject', 'time']);
    expect(after).toMatchObject({ fromSeq: change['seq'], toSeq: null });
    expect(
      observationContent.safeParse(pick(after, Object.keys(observationContent.shape))),
    ).toEqual(expect.objectContaining({ success: true }));
  });
});

function pick(from: unknown, names: readonly string[]): object {
  return Object.fromEntries(Object.entries(from ?? {}).filter(([name]) => names.includes(name)));
}

describe('every file', () => {
  test('is free of machine paths, registries and download addresses', () => {
    expect(texts.flatMap((file) => machineTraces(file, PLACES))).toEqual([]);
  });
  test('and a planted one is seen', () => {
    const planted = ['/srv/clone/a', '/home/' + 'ada/x', 'registry.' + 'npmjs.org'];
    const seen = planted.filter(
      (text) => machineTraces({ path: 'a.md', text }, ['/srv/clone']).length > 0,
    );
    expect(seen).toEqual(planted);
  });
});
