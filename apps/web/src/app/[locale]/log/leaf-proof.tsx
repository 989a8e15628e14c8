'use client';

import type { LogEntry, LogEntryDetail } from '@ceasewatch/api/contract/log';
import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { getJson } from '../../../api/fetch-json.ts';
import { toTheSecond } from '../../../format/date-time.ts';
import { instantOf } from '../../../format/instants.ts';
import { whole } from '../../../format/numbers.ts';
import { Term } from '../../../help/term.tsx';
import { useCentre } from '../../../shell/use-centre.ts';
import { CopyButton } from './copy-button.tsx';
import { groupsOfFour } from './hash-groups.ts';
import { checkLeaf, type CheckResult } from './leaf-check.ts';
import styles from './detail.module.css';

interface Checked {
  readonly results: readonly CheckResult[];
  readonly at: string;
}

/** The bytes that were hashed, their hash, the chain; and a check of all three made in this browser. */
export function LeafProof({
  detail,
  entry,
}: {
  readonly detail: LogEntryDetail;
  readonly entry: LogEntry;
}) {
  const t = useTranslations('log.detail');
  const { zone } = useCentre();
  const [checked, setChecked] = useState<Checked | null>(null);
  const [checking, setChecking] = useState(false);
  const check = async () => {
    setChecking(true);
    try {
      const before = await entryBefore(entry.seq);
      setChecked({ results: checkLeaf(detail, entry, before), at: instantOf(Date.now()) });
    } finally {
      setChecking(false);
    }
  };
  return (
    <>
      <dl className={styles.hashes}>
        <dt>
          {t('leafHash')}
          <Term id="leaf_hash" />
        </dt>
        <dd className={styles.hash}>{groupsOfFour(entry.leafHash)}</dd>
        <dt>
          {t('chain')}
          <Term id="chain" />
        </dt>
        <dd className={styles.hash}>{groupsOfFour(entry.chain)}</dd>
      </dl>
      <div className={styles.head}>
        <Button
          className="no-print"
          size="compact-sm"
          loading={checking}
          onClick={() => void check()}
        >
          {checked === null ? t('check') : t('checkAgain')}
        </Button>
        {checked !== null && <small>{t('checked', { time: toTheSecond(checked.at, zone) })}</small>}
      </div>
      <div aria-live="polite">
        {checked !== null && <Results results={checked.results} seq={entry.seq} />}
      </div>
      <div className={styles.head}>
        <h3>{t('leaf', { n: whole(new TextEncoder().encode(detail.leaf).length) })}</h3>
        <CopyButton label={t('copyBytes')} text={() => detail.leaf} />
      </div>
      <p className={styles.leaf}>{detail.leaf}</p>
    </>
  );
}

function Results({
  results,
  seq,
}: {
  readonly results: readonly CheckResult[];
  readonly seq: number;
}) {
  const t = useTranslations('log.detail');
  return (
    <>
      <ul className={styles.results}>
        {results.map(({ name, verdict, actual = '' }) => {
          const first = name === 'chain' && seq === 0 && verdict !== 'unknown';
          const told = { before: whole(seq - 1), actual: groupsOfFour(actual) };
          return (
            <li key={name} data-verdict={verdict}>
              <b>{t(verdict)}</b>
              <span>
                {first
                  ? t(verdict === 'ok' ? 'result.chain.okFirst' : 'result.chain.failFirst', told)
                  : t(`result.${name}.${verdict}`, told)}
              </span>
            </li>
          );
        })}
      </ul>
      <p className={styles.note}>{t('limit')}</p>
    </>
  );
}

/** Null when it could not be had: then the chain is said to be unchecked, never right. */
async function entryBefore(seq: number): Promise<LogEntry | null> {
  if (seq === 0) return null;
  try {
    return await getJson<LogEntryDetail>(`/api/events/${seq - 1}`);
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    return null;
  }
}
