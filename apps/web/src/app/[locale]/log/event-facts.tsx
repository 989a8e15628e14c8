'use client';

import type { LogEntry } from '@ceasewatch/api/contract/log';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { toTheSecond } from '../../../format/date-time.ts';
import { whole } from '../../../format/numbers.ts';
import { Term } from '../../../help/term.tsx';
import type { TermId } from '../../../help/terms.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import styles from './detail.module.css';

/** The attributes of the envelope in words, each with what it means one press away. */
export function EventFacts({ entry: { seq, envelope } }: { readonly entry: LogEntry }) {
  const words = useTranslations();
  const t = useTranslations('log.detail');
  const { names, zone } = useCentre();
  const { officer, contingent, role, authn } = envelope;
  return (
    <dl className={styles.list}>
      <Fact name={t('seq')} term="event_number">
        #{whole(seq)}
      </Fact>
      <Fact name={t('recorded')} term="recorded">
        {toTheSecond(envelope.time, zone)}
        <small>{t('utc', { time: envelope.time.replace('T', ' ').replace('Z', '') })}</small>
        {envelope.clockadjusted === true && <small>{t('clockAdjusted')}</small>}
      </Fact>
      <Fact name={t('officer')}>
        {officer === undefined ? words('log.row.system') : names.officer(officer)}
        {officer !== undefined && <Id>{officer}</Id>}
      </Fact>
      {contingent !== undefined && (
        <Fact name={t('contingent')} term="contingent">
          {names.contingent(contingent)}
        </Fact>
      )}
      <Fact name={t('role')}>{words(`words.role.${role}`)}</Fact>
      <Fact name={t('authn')} term="authn">
        {words(`log.authn.${authn}`)}
        <small>{words(`log.authnHelp.${authn}`)}</small>
      </Fact>
      <Fact name={t('type')}>
        <Id>{envelope.type}</Id>
      </Fact>
      <Fact name={t('subject')} term="stream">
        <Id>{envelope.subject}</Id>
      </Fact>
      <Fact name={t('revision')} term="revision">
        {whole(envelope.revision)}
      </Fact>
      <Fact name={t('centreRevision')} term="centre_revision">
        {envelope.centrerevision === undefined ? t('none') : whole(envelope.centrerevision)}
      </Fact>
      <Fact name={t('id')}>
        <Id>{envelope.id}</Id>
      </Fact>
      <Fact name={t('correlation')} term="correlation">
        {envelope.correlationid === undefined ? t('none') : <Id>{envelope.correlationid}</Id>}
      </Fact>
      <Fact name={t('causation')}>
        {envelope.causationid === undefined ? t('none') : <Id>{envelope.causationid}</Id>}
      </Fact>
      <Fact name={t('source')} term="log_id">
        <Id>{envelope.source}</Id>
      </Fact>
    </dl>
  );
}

function Fact({
  name,
  term,
  children,
}: {
  readonly name: string;
  readonly term?: TermId;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.fact}>
      <dt>
        {name}
        {term !== undefined && <Term id={term} />}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}

function Id({ children }: { readonly children: string }) {
  return <code className={styles.id}>{children}</code>;
}
