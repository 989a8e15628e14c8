import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/**
 * The last step of building the screens: writes a brotli and a gzip form beside every file of the
 * export, so that serving costs no CPU. The node picks them up at start (apps/api/src/pages).
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
/** Above this the last few per cent would hold up the first start for many seconds. */
const PATIENT_BYTES = 128 * 1024;

function compressFolder(folder: string): number {
  let written = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const extension = extname(path);
    if (!entry.isFile() || COMPRESSED.has(extension) || !WORTH_IT.has(extension)) continue;
    const bytes = readFileSync(path);
    if (bytes.length < LEAST_BYTES || isCompressed(path)) continue;
    const brotli = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: bytes.length > PATIENT_BYTES ? 9 : 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    });
    writeFileSync(`${path}.br`, brotli);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    written += 1;
  }
  return written;
}

function isCompressed(path: string): boolean {
  const of = statSync(path).mtimeMs;
  return [...COMPRESSED].every((suffix) => {
    const compressed = statSync(`${path}${suffix}`, { throwIfNoEntry: false });
    return compressed !== undefined && compressed.mtimeMs >= of;
  });
}

const written = compressFolder(join(import.meta.dirname, '..', 'out'));
process.stdout.write(`${written} files of the screens compressed\n`);
