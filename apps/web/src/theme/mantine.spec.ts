import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const WEB = join(process.cwd(), 'apps', 'web', 'src');
const SHEETS = join(process.cwd(), 'node_modules', '@mantine', 'core', 'styles');
const IMPORT = /import \{([^}]*)\} from '@mantine\/core'/g;

test('every component of Mantine in use brings its sheet', () => {
  const sources = readdirSync(WEB, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.tsx'),
  );
  const used = sources.flatMap((path) =>
    [...readFileSync(join(WEB, path), 'utf8').matchAll(IMPORT)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    ),
  );
  const needed = new Set(used.filter((name) => existsSync(join(SHEETS, `${name}.css`))));
  const brought = readFileSync(join(WEB, 'theme', 'mantine.css'), 'utf8');
  const missing = [...needed].filter((name) => !brought.includes(`/${name}.css'`));
  expect(missing).toEqual([]);
});
