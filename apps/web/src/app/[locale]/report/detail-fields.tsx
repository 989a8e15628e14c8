'use client';

import {
  CASUALTY_OUTCOMES,
  CASUALTY_PERSONS,
} from '@ceasewatch/domain/observation/observation.events';
import {
  EXPLOSION_CLASSES,
  isFireItem,
  RESTRICTION_KINDS,
  WEAPON_CATEGORIES,
} from '@ceasewatch/domain/observation/vocabulary';
import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { FieldProps } from './field-props.ts';
import styles from './report.module.css';

const MOVEMENTS = ['departing', 'returning', 'not_known'] as const;

/** What only some kinds have, and the words of the observer. */
export function DetailFields(props: FieldProps) {
  const { fields, edit, problems } = props;
  const t = useTranslations();
  const { kind } = fields;
  const armed =
    kind !== null &&
    (isFireItem(kind) ||
      kind === 'weapon_presence' ||
      kind === 'uav' ||
      kind === 'crater' ||
      kind === 'damage');
  return (
    <>
      <div className={styles.row}>
        {(kind === 'explosion' || fields.explosion !== null) && (
          <Optional
            label={t('report.field.explosion')}
            value={fields.explosion}
            values={EXPLOSION_CLASSES}
            words={(value) => t(`words.explosion.${value}`)}
            onChange={(explosion) => edit({ explosion })}
          />
        )}
        {(armed || fields.weapon !== null) && (
          <Optional
            label={t('report.field.weapon')}
            value={fields.weapon}
            values={WEAPON_CATEGORIES}
            words={(value) => t(`words.weapon.${value}`)}
            onChange={(weapon) => edit({ weapon })}
          />
        )}
        {(kind === 'restriction' || fields.restriction !== null) && (
          <Optional
            label={t('report.field.restriction')}
            value={fields.restriction}
            values={RESTRICTION_KINDS}
            words={(value) => t(`words.restriction.${value}`)}
            onChange={(restriction) => edit({ restriction })}
          />
        )}
        {(kind === 'civilian_movement' || fields.movement !== null) && (
          <Optional
            label={t('report.field.movement')}
            value={fields.movement}
            values={MOVEMENTS}
            words={(value) => t(`sentence.movement.${value}`)}
            onChange={(movement) => edit({ movement })}
          />
        )}
      </div>
      {(kind === 'casualty' || fields.casualties.length > 0) && <Casualties {...props} />}
      <Textarea
        label={t('report.field.narrative')}
        value={fields.narrative}
        error={problems.narrative}
        rows={3}
        onChange={({ currentTarget: { value } }) => edit({ narrative: value })}
      />
    </>
  );
}

function Optional<Value extends string>({
  label,
  value,
  values,
  words,
  onChange,
}: {
  readonly label: string;
  readonly value: Value | null;
  readonly values: readonly Value[];
  words(value: Value): string;
  onChange(value: Value | null): void;
}) {
  const t = useTranslations();
  return (
    <NativeSelect
      label={label}
      value={value ?? ''}
      onChange={({ currentTarget }) =>
        onChange(values.find((each) => each === currentTarget.value) ?? null)
      }
      data={[
        { value: '', label: t('report.notTold') },
        ...values.map((each) => ({ value: each, label: words(each) })),
      ]}
    />
  );
}

function Casualties({ fields, edit, problems }: FieldProps) {
  const t = useTranslations();
  const change = (at: number, part: Partial<(typeof fields.casualties)[number]>) =>
    edit({
      casualties: fields.casualties.map((each, index) =>
        index === at ? { ...each, ...part } : each,
      ),
    });
  return (
    <fieldset className={styles.choices}>
      <legend className={styles.label}>{t('report.field.casualties')}</legend>
      {fields.casualties.map((casualty, at) => (
        <div className={styles.row} key={at}>
          <TextInput
            label={t('report.field.persons')}
            value={casualty.count}
            onChange={({ currentTarget: { value } }) => change(at, { count: value })}
          />
          <NativeSelect
            label={t('report.field.outcome')}
            value={casualty.outcome}
            onChange={({ currentTarget: { value } }) =>
              change(at, {
                outcome: CASUALTY_OUTCOMES.find((each) => each === value) ?? casualty.outcome,
              })
            }
            data={CASUALTY_OUTCOMES.map((value) => ({ value, label: t(`words.outcome.${value}`) }))}
          />
          <NativeSelect
            label={t('report.field.person')}
            value={casualty.person}
            onChange={({ currentTarget: { value } }) =>
              change(at, {
                person: CASUALTY_PERSONS.find((each) => each === value) ?? casualty.person,
              })
            }
            data={CASUALTY_PERSONS.map((value) => ({ value, label: t(`words.person.${value}`) }))}
          />
          <Button
            variant="default"
            className={styles.remove}
            onClick={() =>
              edit({ casualties: fields.casualties.filter((_, index) => index !== at) })
            }
          >
            {t('report.remove')}
          </Button>
        </div>
      ))}
      <Button
        variant="default"
        size="compact-sm"
        onClick={() =>
          edit({
            casualties: [
              ...fields.casualties,
              { outcome: 'injured', person: 'not_known', count: '' },
            ],
          })
        }
      >
        {t('report.addCasualty')}
      </Button>
      <p className={styles.problem}>{problems.casualties}</p>
    </fieldset>
  );
}
