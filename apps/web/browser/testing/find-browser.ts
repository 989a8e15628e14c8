import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Which browsers may be here, best first: the one that CEASEWATCH_BROWSER names (a path, `packaged`, or
 * `none`), the one that came with npm, the system's. The first is of the version that the lock file names,
 * and draws no window around its pages: it takes a third less of the processor.
 */
export interface Candidate {
  readonly name: string;
  /** Makes it ready to be launched; throws when it cannot be. */
  prepare(): Promise<Installed> | Installed;
}

export interface Installed {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const PACKAGED = 'packaged';
/** Somebody knows that there is none, and that the tests which need one rest. */
export const NO_BROWSER = 'none';
const SYSTEM: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  darwin: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
  win32: ['C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
};

export function candidates(wanted: string | undefined): readonly Candidate[] {
  if (wanted === NO_BROWSER) return [];
  if (wanted === PACKAGED) return [packaged];
  if (wanted !== undefined && wanted !== '') return [installed(wanted)];
  const system = (SYSTEM[process.platform] ?? []).filter((path) => existsSync(path));
  return [packaged, ...system.map(installed)];
}

function installed(executablePath: string): Candidate {
  return { name: executablePath, prepare: () => ({ executablePath, env: {} }) };
}

const packaged: Candidate = { name: '@sparticuz/chromium', prepare: unpack };

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** What makes the package bring its own nss, nspr and expat, which a bare machine lacks. */
const AS_ON_LAMBDA = {
  AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
  AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x',
};

/** Unpacks once and for every later run: five seconds, then none. */
async function unpack(): Promise<Installed> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`it is made for linux x64, and this is ${process.platform} ${process.arch}`);
  }
  const folder = join(ROOT, 'node_modules', '.cache', 'ceasewatch', `chromium-${version()}`);
  if (!existsSync(folder)) await unpackInto(folder);
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_PATH: join(folder, 'fonts'),
    },
  };
}

function version(): string {
  const text = readFileSync(
    join(ROOT, 'node_modules', '@sparticuz', 'chromium', 'package.json'),
    'utf8',
  );
  const { version: found }: { version: string } = JSON.parse(text);
  return found;
}

/** The package unpacks into the temp folder, and never again what lies there: half of it would stay half. */
async function unpackInto(folder: string): Promise<void> {
  const unfinished = `${folder}.${process.pid}`;
  mkdirSync(unfinished, { recursive: true });
  const before = { ...process.env };
  try {
    Object.assign(process.env, AS_ON_LAMBDA, { TMPDIR: unfinished });
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
  } finally {
    for (const name of Object.keys(process.env)) {
      if (before[name] === undefined) delete process.env[name];
    }
    Object.assign(process.env, before);
  }
  try {
    // The package's own looks for its fonts where it would lie on Lambda.
    writeFileSync(join(unfinished, 'fonts', 'fonts.conf'), fontsIn(folder));
    renameSync(unfinished, folder);
  } catch (error) {
    // Another run was first; what it unpacked is the same.
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

function fontsIn(folder: string): string {
  return [
    '<?xml version="1.0"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    '<fontconfig>',
    `  <dir>${join(folder, 'fonts')}</dir>`,
    `  <cachedir>${join(folder, 'fonts-cache')}</cachedir>`,
    '</fontconfig>',
  ].join('\n');
}
