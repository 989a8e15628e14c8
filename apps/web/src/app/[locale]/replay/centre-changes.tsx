'use client';

import type { CentreDifference, DifferenceAnswer } from '@ceasewatch/api/contract/difference';
import { useTranslations } from 'next-intl';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { shortId, type Words } from '../../../format/words.ts';
import { type CentreView, useCentre } from '../../../shell/use-centre.ts';
import { isKnownType } from '../log/known-words.ts';
import { named, type ToldField, toldField } from './centre-words.ts';
import { EventLink } from './event-link.tsx';
import styles from './difference.module.css';

/** What changed at the centre and of the ceasefire: the event in words, and its fields. */
export function CentreChanges({ changes }: { readonly changes: DifferenceAnswer['centre'] }) {
  const words = useTranslations();
  const t = useTranslations('replay.difference');
  const { names, zone } = useCentre();
  return (
    <section className={styles.part} aria-labelledby="difference-centre">
      <h3 id="difference-centre">{t('centre')}</h3>
      {changes.items.length === 0 && <p className={styles.message}>{t('noCentre')}</p>}
      <ol className={styles.changed}>
        {changes.items.map((each) => (
          <li key={`${each.thing} ${each.id}`}>
            <p className={styles.line}>
              <span className={styles.change}>{t(`things.${each.thing}`)}</span>
              <b>{nameOf(each, names)}</b>
              <span>{t(`centreChanges.${each.change}`)}</span>
            </p>
            {each.fields.length > 0 && (
              <dl className={styles.fields}>
                {each.fields.map((field) => (
                  <Field key={field.field} told={toldField(field, { zone, words, names })} />
                ))}
              </dl>
            )}
            <p className={styles.events}>
              <EventLink seq={each.event.seq} />{' '}
              {[typeWord(each.event.type, words), toTheSecond(each.event.time, zone)].join(', ')}
            </p>
          </li>
        ))}
      </ol>
      {changes.items.length < changes.matching && (
        <p className={styles.message}>
          {t('shown', { shown: whole(changes.items.length), n: whole(changes.matching) })}
        </p>
      )}
    </section>
  );
}

/** What went, one line each, and what came. */
function Field({ told }: { readonly told: ToldField }) {
  const { name, before, after } = told;
  return (
    <div>
      <dt>{`${name.charAt(0).toUpperCase()}${name.slice(1)}`}</dt>
      <dd className={styles.entries}>
        {before.map((each) => (
          <del key={each}>{each}</del>
        ))}
        {after.map((each) => (
          <ins key={each}>{each}</ins>
        ))}
      </dd>
    </div>
  );
}

function typeWord(type: string, words: Words): string {
  return isKnownType(type) ? words(`log.type.${type}`) : type;
}

function nameOf({ thing, id }: CentreDifference, names: CentreView['names']): string {
  return named(thing === 'strength' ? 'contingent' : thing, id, names) ?? shortId(id);
}
