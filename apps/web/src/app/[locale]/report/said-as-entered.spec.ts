import { describe, expect, test } from '@jest/globals';
import { createTranslator } from 'next-intl';
import en from '../../../../messages/en.json' with { type: 'json' };
import type { Told } from '../../../format/sentence.ts';
import { NO_NAMES, type Words } from '../../../format/words.ts';
import { parseQuickLine } from './quick-line.ts';
import { buildContent } from './report-content.ts';
import { fieldsOf } from './report-fields.ts';
import { sentenceAsEntered, timeAsEntered } from './said-as-entered.ts';

const words: Words = createTranslator({ locale: 'en', messages: en });
const UNIT = '019aa9c0-0000-7000-8000-0000000000b7';
const POSITION = { lat: 39_988_230, lon: 46_889_860 };
const TIMES = { now: Date.parse('2026-11-22T10:00:07Z'), zone: 'Asia/Baku' };

/** From the line to what is read back, through the form's own readers. */
function read(line: string) {
  const fields = fieldsOf(parseQuickLine(line).fields, {});
  const rules = { ...TIMES, unit: UNIT, unitPosition: POSITION, declinationMdeg: 6500 };
  const { content, problems } = buildContent(fields, rules, line);
  if (content === null) throw new Error(JSON.stringify(problems));
  const { where, when } = content;
  const told = {
    ...content,
    unit: UNIT,
    origin: 'unit',
    watch: null,
    group: 'small_arms',
    when: { clock: 'not_known', ...when, to: when.to ?? when.from },
    where: where.form === 'mgrs' ? { ...where, form: 'point', lat: 0, lon: 0, errorM: 10 } : where,
  } as Told;
  return { told, fields };
}

function said(line: string): string {
  const { told, fields } = read(line);
  return sentenceAsEntered(told, fields, words, NO_NAMES);
}

describe('what is read back', () => {
  test.each([
    ['bur 3 b360 d3-3.4k seen', 'bearing 360° true, 3.0–3.4\u00a0km from'],
    ['bur 3 b0 d3-3.4k seen', 'bearing 000° true'],
    ['bur 3 b84.5m d3-3.4k seen', 'bearing 084.5° magnetic'],
    ['bur 3 b1500/6000 d3-3.4k seen', 'bearing 1500 mil of 6000 true'],
    ['bur 3 b4800/6400g d? seen', 'bearing 4800 mil of 6400 grid from'],
    ['bur 3 bNNE d3-3.4k seen', 'bearing NNE, 3.0–3.4\u00a0km from'],
    ['bur 3 38TPK64086784 seen', 'at 38T PK 6408 6784 ±\u00a010\u00a0m'],
    ['cas k2civ p? told', '2 killed'],
  ])('is what was entered: %s', (line, part) => {
    expect(said(line)).toContain(part);
  });

  test('a time with its doubt is its middle, however the record is cut at the present', () => {
    const { told, fields } = read('bur 3 b1 d1k 1358~5 seen');
    const minute = (text: string) => Date.parse(`2026-11-22T${text}:00Z`);
    expect(timeAsEntered(told, fields, TIMES)).toEqual({
      at: minute('09:58'),
      doubt: 5,
      ends: [minute('09:53'), minute('10:01')],
    });
  });

  test('a time without a doubt is its beginning, a period both its ends', () => {
    const plain = read('bur 3 b1 d1k 1358 seen');
    expect(timeAsEntered(plain.told, plain.fields, TIMES)).toMatchObject({
      doubt: 0,
      ends: undefined,
    });
    const period = read('bur 3 b1 d1k 1350-1355 seen');
    expect(timeAsEntered(period.told, period.fields, TIMES)).toMatchObject({
      doubt: 0,
      ends: [Date.parse('2026-11-22T09:50:00Z'), Date.parse('2026-11-22T09:56:00Z')],
    });
  });
});
