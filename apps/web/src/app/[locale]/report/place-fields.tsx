'use client';

import type { CentreAnswer } from '@ceasewatch/api/contract/centre';
import { ANGLE_UNITS, NORTHS } from '@ceasewatch/domain/measure/angle';
import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { Names } from '../../../format/words.ts';
import type { FieldProps } from './field-props.ts';
import type { FieldName, ReportFields } from './report-fields.ts';
import styles from './report.module.css';

const PLACES = [
  'relative',
  'point',
  'mgrs',
  'line',
  'area',
  'unknown',
] as const satisfies readonly ReportFields['place'][];

/** Where it was, in the form in which it is known; a form that is not chosen is not sent. */
export function PlaceFields({
  centre,
  names,
  ...props
}: FieldProps & { readonly centre: CentreAnswer; readonly names: Names }) {
  const t = useTranslations();
  const { fields, edit } = props;
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.label}>{t('report.field.place')}</legend>
      <div>
        {PLACES.map((place) => (
          <label key={place} className={styles.choice} data-checked={fields.place === place}>
            <input
              type="radio"
              name="place"
              checked={fields.place === place}
              onChange={() => edit({ place })}
            />
            {t(`report.place.${place}`)}
          </label>
        ))}
      </div>
      <div className={styles.row}>
        {fields.place === 'relative' && <RelativeFields {...props} />}
        {fields.place === 'point' && (
          <>
            <Text {...props} name="latLon" />
            <Choice
              {...props}
              name="datum"
              values={['wgs84', 'sk42']}
              label={(datum) => t(`report.datum.${datum}`)}
            />
            <Text {...props} name="errorM" />
          </>
        )}
        {fields.place === 'mgrs' && (
          <>
            <Text {...props} name="mgrs" />
            <Text {...props} name="errorM" />
          </>
        )}
        {fields.place === 'line' && (
          <>
            <AreaChoice {...props} centre={centre} names={names} name="line" />
            <Text {...props} name="stretch" />
          </>
        )}
        {fields.place === 'area' && (
          <AreaChoice {...props} centre={centre} names={names} name="area" />
        )}
      </div>
    </fieldset>
  );
}

function RelativeFields(props: FieldProps) {
  const t = useTranslations();
  return (
    <>
      <Text {...props} name="bearing" />
      <Choice
        {...props}
        name="bearingUnit"
        values={ANGLE_UNITS}
        label={(unit) => t(`report.angle.${unit}`)}
      />
      <Choice
        {...props}
        name="north"
        values={NORTHS}
        label={(north) => t(`report.north.${north}`)}
      />
      <Text {...props} name="range" />
      <Text {...props} name="flashToBang" />
      {props.fields.flashToBang !== '' && <Text {...props} name="temperature" />}
    </>
  );
}

type TextName =
  'bearing' | 'range' | 'flashToBang' | 'temperature' | 'latLon' | 'mgrs' | 'errorM' | 'stretch';

function Text({ fields, edit, problems, name }: FieldProps & { readonly name: TextName }) {
  const t = useTranslations();
  return (
    <TextInput
      label={t(`report.field.${name}`)}
      value={fields[name]}
      error={problems[name]}
      autoComplete="off"
      onChange={({ currentTarget: { value } }) => edit({ [name]: value })}
    />
  );
}

function Choice<Name extends 'datum' | 'bearingUnit' | 'north'>({
  fields,
  edit,
  problems,
  name,
  values,
  label,
}: FieldProps & {
  readonly name: Name;
  readonly values: readonly ReportFields[Name][];
  label(value: ReportFields[Name]): string;
}) {
  const t = useTranslations();
  const field: 'datum' | 'bearingUnit' | 'north' = name;
  return (
    <NativeSelect
      label={t(`report.field.${field}`)}
      value={fields[name]}
      error={problems[name]}
      onChange={({ currentTarget: { value } }) =>
        edit({ [name]: values.find((each) => each === value) ?? fields[name] })
      }
      data={values.map((value) => ({ value, label: label(value) }))}
    />
  );
}

function AreaChoice({
  fields,
  edit,
  problems,
  name,
  centre,
  names,
}: FieldProps & {
  readonly name: Extract<FieldName, 'line' | 'area'>;
  readonly centre: CentreAnswer;
  readonly names: Names;
}) {
  const t = useTranslations();
  const fitting = centre.areas.filter(
    ({ kind, to }) => (kind === 'line') === (name === 'line') && to === null,
  );
  const [first] = fitting;
  // A centre with one line means that line.
  const value = fields[name] ?? (name === 'line' ? (first?.area ?? '') : '');
  return (
    <NativeSelect
      label={t(`report.field.${name}`)}
      value={value}
      error={problems[name]}
      onChange={({ currentTarget }) =>
        edit({ [name]: currentTarget.value === '' ? null : currentTarget.value })
      }
      data={[
        ...(name === 'area' || fitting.length === 0
          ? [{ value: '', label: t('report.choose') }]
          : []),
        ...fitting.map(({ area }) => ({ value: area, label: names.area(area) })),
      ]}
    />
  );
}
