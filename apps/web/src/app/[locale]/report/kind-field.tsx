'use client';

import { displayGroup } from '@ceasewatch/domain/observation/vocabulary';
import { useTranslations } from 'next-intl';
import { KindGlyph } from '../../../glyphs/kind-glyph.tsx';
import { KIND_CODES } from './kind-codes.ts';
import type { FieldProps } from './field-props.ts';
import styles from './report.module.css';

/** What it was, with the code that says the same in the quick line. */
export function KindField({ fields, edit, problems }: FieldProps) {
  const t = useTranslations();
  return (
    <fieldset
      className={styles.kinds}
      aria-invalid={problems.kind !== undefined}
      aria-describedby="kind-problem"
    >
      <legend className={styles.label}>{t('report.field.kind')}</legend>
      <div>
        {KIND_CODES.map(({ code, kind, unit, weapon }) => (
          <label key={kind} className={styles.kind} data-checked={fields.kind === kind}>
            <input
              type="radio"
              name="kind"
              value={kind}
              checked={fields.kind === kind}
              onChange={() =>
                edit({ kind, countUnit: unit, ...(weapon === undefined ? {} : { weapon }) })
              }
            />
            <KindGlyph group={displayGroup(kind, weapon)} />
            <span>{t(`words.kind.${kind}`)}</span>
            <kbd aria-hidden>{code}</kbd>
          </label>
        ))}
      </div>
      <p className={styles.problem} id="kind-problem">
        {problems.kind}
      </p>
    </fieldset>
  );
}
