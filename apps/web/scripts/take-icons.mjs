// Takes the icons that the screens show out of the Tabler set, whose licence lies beside them, so that
// nobody installs six thousand components:
//
//   node apps/web/scripts/take-icons.mjs
//
// An icon that is missing on the screens is added to the list and the file made anew.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const NAMES = [
  'chevron-down',
  'chevron-left',
  'chevron-left-pipe',
  'chevron-right',
  'chevron-right-pipe',
  'focus-centered',
  'history',
  'info-circle',
  'list',
  'menu-2',
  'minus',
  'moon',
  'pin',
  'player-pause',
  'player-pause-filled',
  'player-play',
  'player-play-filled',
  'player-skip-back',
  'player-skip-forward',
  'player-track-next',
  'player-track-prev',
  'plus',
  'sun',
  'x',
];

const require = createRequire(import.meta.url);
const { icons } = JSON.parse(readFileSync(require.resolve('@iconify-json/tabler/icons.json')));
const taken = Object.fromEntries(NAMES.map((name) => [name, outlineOf(name)]));
writeFileSync(
  join(import.meta.dirname, '..', 'src', 'glyphs', 'icons.json'),
  `${JSON.stringify(taken, null, 2)}\n`,
);

/** All paths of an icon as one. A path begins anew where it begins with a capital M. */
function outlineOf(name) {
  const paths = [...icons[name].body.matchAll(/ d="([^"]+)"/g)].map(([, path]) => path);
  if (paths.length === 0 || paths.slice(1).some((path) => !path.startsWith('M'))) {
    throw new Error(`Of the icon ${name} no single path can be made.`);
  }
  return paths.join('');
}
