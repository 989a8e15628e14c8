'use client';

import { parseDtg } from '@ceasewatch/domain/measure/clock-entry';
import { Refusal } from '@ceasewatch/domain/refusal';
import { Button, TextInput } from '@mantine/core';
import { useLocale, useTranslations } from 'next-intl';
import { useRouter, useSearchParams } from 'next/navigation';
import { type SyntheticEvent, useState } from 'react';
import { getJson } from '../api/fetch-json.ts';
import { dtg, instantOf, millis } from '../format/instants.ts';
import { whole, wholeIn } from '../format/numbers.ts';
import { headOf, useLiveValue } from '../live/use-live.ts';
import { useCentre } from '../shell/use-centre.ts';
import { asOfFault } from './as-of-fault.ts';
import { hindsightAddress } from './hindsight-address.ts';
import type { Moment } from './moment.ts';
import { useAddress } from './use-address.ts';
import styles from './filter-bar.module.css';

/**
 * Takes what was known (the number of an event, or a date-time group) and what had occurred (a date-time
 * group), one or both, and says what it cannot take.
 */
export function AsOfForm({ onChosen }: { onChosen(moment: Moment): void }) {
  const t = useTranslations();
  const { asOf, until } = useAddress();
  const { zone } = useCentre();
  const locale = useLocale();
  const router = useRouter();
  const search = useSearchParams();
  const head = useLiveValue(headOf);
  const [known, setKnown] = useState(asOf?.toString() ?? '');
  const [occurred, setOccurred] = useState(until === null ? '' : dtg(millis(until), zone));
  const [wrong, setWrong] = useState<Wrong>({});
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    const end = occurredUntil(occurred.trim());
    if (end === undefined) return setWrong({ occurred: t('past.invalidTime') });
    if (known.trim() === '') return onChosen({ asOf: null, until: end });
    try {
      const seq = await seqOf(known.trim());
      if (seq === null) setWrong({ known: t('past.none') });
      else if (head >= 0 && seq > head)
        setWrong({ known: t('past.beyond', { head: whole(head) }) });
      else onChosen({ asOf: seq, until: end });
    } catch (fault) {
      setWrong({ known: asOfFault(fault, zone, t) });
    }
  };
  /** What was known at that moment against what is known now of the time before it. */
  const compare = () => {
    const field = occurred.trim() === '' ? 'known' : 'occurred';
    const text = { known, occurred }[field].trim();
    try {
      const event = wholeIn(text);
      // Before the log is heard of its end is not known either.
      if (event !== null && head >= 0 && event > head) {
        setWrong({ [field]: t('past.beyond', { head: whole(head) }) });
        return;
      }
      const until = () => ({ until: instantOf(parseDtg(text).ms) });
      const moment = text === '' ? null : event === null ? until() : { event };
      router.push(hindsightAddress(locale, new URLSearchParams(search), moment));
    } catch (fault) {
      setWrong({ [field]: asOfFault(fault, zone, t) });
    }
  };
  return (
    <form className={styles.asOf} onSubmit={(event) => void submit(event)}>
      <TextInput
        label={t('past.title')}
        description={t('past.eventHelp')}
        placeholder={t('past.example', { head: Math.max(0, head) })}
        value={known}
        error={wrong.known}
        data-autofocus
        onChange={(event) => {
          setKnown(event.currentTarget.value);
          setWrong({});
        }}
      />
      <TextInput
        label={t('past.occurred')}
        description={t('past.occurredHelp')}
        placeholder={t('past.occurredExample')}
        value={occurred}
        error={wrong.occurred}
        onChange={(event) => {
          setOccurred(event.currentTarget.value);
          setWrong({});
        }}
      />
      <Button type="submit" size="compact-md">
        {t('past.go')}
      </Button>
      <Button size="compact-md" variant="default" onClick={compare}>
        {t('past.compare')}
      </Button>
    </form>
  );
}

interface Wrong {
  readonly known?: string;
  readonly occurred?: string;
}

/** Null for no bound, undefined for what is no time. */
function occurredUntil(text: string): string | null | undefined {
  if (text === '') return null;
  try {
    return instantOf(parseDtg(text).ms);
  } catch (fault) {
    if (fault instanceof Refusal) return undefined;
    throw fault;
  }
}

/** The event that a number or a date-time group means; null when nothing had been recorded by then. */
async function seqOf(text: string): Promise<number | null> {
  const number = wholeIn(text);
  if (number !== null) return number;
  const { ms } = parseDtg(text);
  const search = new URLSearchParams({ asOf: instantOf(ms) });
  const answer = await getJson<{ readonly asOf: number }>('/api/centre', { search });
  return answer.asOf < 0 ? null : answer.asOf;
}
