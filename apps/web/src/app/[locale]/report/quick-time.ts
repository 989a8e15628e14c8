import type { Reading } from './quick-line.ts';

/**
 * Times of the quick line: `1358`, `1358C`, `13:58~5`, `1350-1410D`, `221358C NOV 26`, `now`,
 * `now~5`; after ~ or ± the minutes of doubt.
 */
const HHMM = '(?:[01]\\d|2[0-3]):?[0-5]\\d';
const CLOCK = new RegExp(`^(${HHMM}[A-IK-Z]?)(?:[~±](\\d{1,4})(?:min)?)?$`, 'i');
const PERIOD = new RegExp(`^(${HHMM})([A-IK-Z]?)-(${HHMM})([A-IK-Z]?)$`, 'i');
const DTG = /^(\d{6}[A-IK-Z])([A-Z]{3})(\d{2})(?:[~±](\d{1,4})(?:min)?)?$/i;
const NOW = /^now(?:[~±](\d{1,4})(?:min)?)?$/i;
/** Four digits that no clock shows: a slip, unless they are a count, which is written n2561. */
const LIKE_A_CLOCK = /^\d{4}[A-Z]?(?:[~±]\d{1,3})?$/i;

export function readClock(words: readonly string[]): Reading | undefined {
  const [word = ''] = words;
  const now = NOW.exec(word);
  if (now !== null) {
    const [, error] = now;
    return { words: 1, fields: { time: '', clock: 'device', ...doubt(error) } };
  }
  const period = PERIOD.exec(word);
  if (period !== null) {
    const [, from = '', ownLetter = '', to = '', letter = ''] = period;
    return {
      words: 1,
      fields: {
        time: `${from}${ownLetter === '' ? letter : ownLetter}`,
        timeEnd: `${to}${letter}`,
      },
    };
  }
  const clock = CLOCK.exec(word);
  if (clock !== null) {
    const [, time = '', error] = clock;
    const fields = {
      time: time.toUpperCase(),
      ...doubt(error),
    };
    return { words: 1, fields };
  }
  for (const taken of [3, 2, 1]) {
    const group = DTG.exec(words.slice(0, taken).join(''));
    if (group === null || words.length < taken) continue;
    const [, time = '', month = '', year = '', error] = group;
    const text = `${time} ${month} ${year}`.toUpperCase();
    return {
      words: taken,
      fields: { time: text, ...doubt(error) },
    };
  }
  if (LIKE_A_CLOCK.test(word))
    return { words: 1, fields: { time: word.toUpperCase() }, problem: 'not_a_time' };
  return undefined;
}

function doubt(minutes: string | undefined): { timeError?: string } {
  return minutes === undefined ? {} : { timeError: minutes };
}
