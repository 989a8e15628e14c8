import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { contentSecurityPolicy } from './content-security-policy.ts';

/**
 * What the export holds, as a map from path to file, made once at start. Only what stands in the map
 * is ever served, so no path can climb out of the folder.
 */
export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly cache: string;
  /** Strong, of the uncompressed bytes; absent where the name itself changes with the content. */
  readonly etag?: string;
  /** Compressed forms that lie beside the file (apps/web/scripts/finish-export.ts). */
  readonly encodings: readonly ('br' | 'gzip')[];
  readonly csp?: string;
}

export interface SiteMap {
  readonly files: ReadonlyMap<string, PageFile>;
  readonly notFound: PageFile | undefined;
  /** Languages that have a start page: `en`. */
  readonly locales: readonly string[];
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  // Next's navigation payloads; their content is not HTML and must never be taken for it.
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.pbf': 'application/x-protobuf',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.webmanifest': 'application/manifest+json',
};

const COMPRESSED = { '.br': 'br', '.gz': 'gzip' } as const;
const IMMUTABLE = 'public, max-age=31536000, immutable';

/** Reads the folder of the export; undefined when the screens have not been built. */
export function readSiteMap(folder: string): SiteMap | undefined {
  if (!statSync(join(folder, '404.html'), { throwIfNoEntry: false })?.isFile()) return undefined;
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const present = new Set(names);
  const files = new Map<string, PageFile>();
  for (const name of names) {
    if (Object.hasOwn(COMPRESSED, extname(name))) continue;
    const file = describe(folder, name, present);
    for (const path of pathsOf(name)) files.set(path, file);
  }
  const locales = [...files.keys()].flatMap((path) => /^\/([a-z]{2})\/$/.exec(path)?.[1] ?? []);
  return { files, notFound: files.get('/404.html'), locales };
}

/**
 * `en/situation.html` answers to `/en/situation` and `/en/situation/`, not to its own file name; the
 * icon also to the name under which browsers ask for it unprompted.
 */
function pathsOf(name: string): string[] {
  if (name === 'icon.svg') return ['/icon.svg', '/favicon.ico'];
  if (!name.endsWith('.html') || name === '404.html') return [`/${name}`];
  const page = `/${name.slice(0, -'.html'.length)}`.replace(/\/index$/, '');
  return page === '' ? ['/'] : [page, `${page}/`];
}

function describe(folder: string, name: string, present: ReadonlySet<string>): PageFile {
  const path = join(folder, name);
  const extension = extname(name);
  const immutable = name.startsWith('_next/static/');
  const bytes = immutable ? undefined : readFileSync(path);
  return {
    path,
    type: TYPES[extension] ?? 'application/octet-stream',
    cache: immutable ? IMMUTABLE : 'no-cache',
    encodings: (['.br', '.gz'] as const)
      .filter((suffix) => present.has(`${name}${suffix}`))
      .map((suffix) => COMPRESSED[suffix]),
    ...(bytes === undefined
      ? {}
      : { etag: createHash('sha256').update(bytes).digest('base64url').slice(0, 27) }),
    ...(extension === '.html' && bytes !== undefined
      ? { csp: contentSecurityPolicy(bytes.toString('utf8')) }
      : {}),
  };
}
