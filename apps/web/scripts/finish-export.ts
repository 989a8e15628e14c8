import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip as gzipCompress } from 'node:zlib';

const brotli = promisify(brotliCompress);
const gzip = promisify(gzipCompress);

/**
 * The last step of building the screens: removes what no page asks for, and writes a brotli and a gzip
 * form beside every other file of the export, so that serving costs no CPU. The node picks them up at
 * start (apps/api/src/pages).
 */
const COMPRESSED = new Set(['.br', '.gz']);
const WORTH_IT = new Set([
  '.html',
  '.js',
  '.mjs',
  '.css',
  '.txt',
  '.json',
  '.geojson',
  '.svg',
  '.pbf',
  '.wasm',
]);
/** Below this the headers weigh more than what is saved. */
const LEAST_BYTES = 512;
/** The two steps above it save four per cent more, and hold up the first start for ten times as long. */
const BROTLI_QUALITY = 9;

/**
 * MapLibre makes up the name of its worker, so the bundler carries every build of it along, five
 * megabytes; the page names the worker that it wants (`map/live-map.ts`) and has the rest in a chunk.
 */
const UNASKED = /^maplibre-gl(-dev|-shared|-shared-dev|-worker-dev)?\.[\w-]+\.mjs$/;

function removeUnasked(folder: string): void {
  for (const name of readdirSync(folder)) if (UNASKED.test(name)) rmSync(join(folder, name));
}

/** All at once: the work is done beside this thread, on as many cores as there are. */
async function compressFolder(folder: string): Promise<number> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const written = await Promise.all(
    files.map((file) => compressFile(join(file.parentPath, file.name))),
  );
  return written.filter((isNew) => isNew).length;
}

/** @returns whether there was something to write */
async function compressFile(path: string): Promise<boolean> {
  const extension = extname(path);
  if (COMPRESSED.has(extension) || !WORTH_IT.has(extension)) return false;
  const bytes = readFileSync(path);
  if (bytes.length < LEAST_BYTES || isCompressed(path)) return false;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const forms = await Promise.all([brotli(bytes, { params }), gzip(bytes, { level: 9 })]);
  writeFileSync(`${path}.br`, forms[0]);
  writeFileSync(`${path}.gz`, forms[1]);
  return true;
}

function isCompressed(path: string): boolean {
  const of = statSync(path).mtimeMs;
  return [...COMPRESSED].every((suffix) => {
    const compressed = statSync(`${path}${suffix}`, { throwIfNoEntry: false });
    return compressed !== undefined && compressed.mtimeMs >= of;
  });
}

const out = join(import.meta.dirname, '..', 'out');
removeUnasked(join(out, '_next', 'static', 'media'));
const written = await compressFolder(out);
process.stdout.write(`${written} files of the screens compressed\n`);
