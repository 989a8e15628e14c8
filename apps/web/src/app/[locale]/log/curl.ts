import { addressOf } from '../../../api/fetch-json.ts';
import { settings } from '../../../settings/settings.ts';

const QUOTE = `'`;

/** What this screen asked, as a command for a shell: the same question by the same officer. */
export function curlOf(path: string, search?: URLSearchParams): string {
  const { officer } = settings();
  const header = officer === null ? [] : ['-H', quoted(`Ceasewatch-Officer: ${officer}`)];
  const address = quoted(location.origin + addressOf(path, search));
  return ['curl', '-sS', ...header, address].join(' ');
}

/** For a POSIX shell: nothing within single quotes means anything but an end of them. */
function quoted(text: string): string {
  return QUOTE + text.replaceAll(QUOTE, `'\\''`) + QUOTE;
}
