'use client';

import { COUNT_UNITS } from '@ceasewatch/domain/measure/count-words';
import { CONFIDENCES, MEANS } from '@ceasewatch/domain/observation/vocabulary';
import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { FieldProps } from './field-props.ts';
import type { ReportFields } from './report-fields.ts';
import styles from './report.module.css';

const HOW = [
  'exact',
  'about',
  'at_least',
  'not_known',
  'not_asked',
] as const satisfies readonly ReportFields['countHow'][];
const CLOCKS = [
  'not_known',
  'device',
  'gps',
  'post',
] as const satisfies readonly ReportFields['clock'][];

/** How many, when, by what means, how sure. */
export function FactFields(props: FieldProps) {
  return (
    <>
      <CountFields {...props} />
      <TimeFields {...props} />
      <MeansField {...props} />
      <ConfidenceField {...props} />
    </>
  );
}

function CountFields({ fields, edit, problems }: FieldProps) {
  const t = useTranslations();
  const counted = fields.countHow !== 'not_known' && fields.countHow !== 'not_asked';
  return (
    <div className={styles.row}>
      <NativeSelect
        label={t('report.field.countHow')}
        value={fields.countHow}
        onChange={({ currentTarget: { value } }) =>
          edit({ countHow: HOW.find((each) => each === value) ?? 'exact' })
        }
        data={HOW.map((value) => ({ value, label: t(`report.how.${value}`) }))}
      />
      <TextInput
        label={t('report.field.count')}
        inputMode="numeric"
        value={fields.count}
        disabled={!counted}
        error={problems.count}
        onChange={({ currentTarget: { value } }) =>
          edit({ count: value, countLow: '', countHigh: '' })
        }
      />
      <NativeSelect
        label={t('report.field.countUnit')}
        value={fields.countUnit ?? ''}
        disabled={!counted}
        onChange={({ currentTarget: { value } }) =>
          edit({ countUnit: COUNT_UNITS.find((each) => each === value) ?? null })
        }
        data={['' as const, ...COUNT_UNITS].map((value) => ({
          value,
          label: value === '' ? t('report.byKind') : t(`words.unitOfCount.${value}`, { n: 2 }),
        }))}
      />
    </div>
  );
}

function TimeFields({ fields, edit, problems }: FieldProps) {
  const t = useTranslations();
  return (
    <div className={styles.row}>
      <TextInput
        label={t('report.field.time')}
        placeholder={t('report.now')}
        value={fields.time}
        error={problems.time}
        onChange={({ currentTarget: { value } }) => edit({ time: value })}
      />
      <TextInput
        label={t('report.field.timeEnd')}
        value={fields.timeEnd}
        error={problems.timeEnd}
        onChange={({ currentTarget: { value } }) => edit({ timeEnd: value })}
      />
      <TextInput
        label={t('report.field.timeError')}
        inputMode="numeric"
        value={fields.timeError}
        error={problems.timeError}
        onChange={({ currentTarget: { value } }) => edit({ timeError: value })}
      />
      <NativeSelect
        label={t('report.field.clock')}
        value={fields.clock}
        onChange={({ currentTarget: { value } }) =>
          edit({ clock: CLOCKS.find((each) => each === value) ?? 'not_known' })
        }
        data={CLOCKS.map((value) => ({ value, label: t(`report.clock.${value}`) }))}
      />
    </div>
  );
}

function MeansField({ fields, edit, problems }: FieldProps) {
  const t = useTranslations();
  return (
    <fieldset className={styles.choices} aria-describedby="means-problem">
      <legend className={styles.label}>{t('report.field.means')}</legend>
      <div>
        {MEANS.map((means) => {
          const chosen = fields.means.includes(means);
          const next = chosen
            ? fields.means.filter((each) => each !== means)
            : [...fields.means, means];
          return (
            <label key={means} className={styles.choice} data-checked={chosen}>
              <input type="checkbox" checked={chosen} onChange={() => edit({ means: next })} />
              {t(`words.means.${means}`)}
            </label>
          );
        })}
      </div>
      <p className={styles.problem} id="means-problem">
        {problems.means}
      </p>
    </fieldset>
  );
}

function ConfidenceField({ fields, edit }: FieldProps) {
  const t = useTranslations();
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.label}>{t('report.field.confidence')}</legend>
      <div>
        {CONFIDENCES.map((confidence) => (
          <label
            key={confidence}
            className={styles.choice}
            data-checked={fields.confidence === confidence}
          >
            <input
              type="radio"
              name="confidence"
              checked={fields.confidence === confidence}
              onChange={() => edit({ confidence })}
            />
            {t(`report.sure.${confidence}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
