'use client';

import { useTranslations } from 'next-intl';
import { memo, type SyntheticEvent, useRef, useState } from 'react';
import { ApiProblem } from '../../../api/api-problem.ts';
import { useNow } from '../../../live/use-now.ts';
import { useKey } from '../../../shell/keys.ts';
import { useCentre } from '../../../shell/use-centre.ts';
import { isUnreadable, seqOf, targetIn } from './go-to-target.ts';
import type { Hands } from './use-hands.ts';
import { ask } from './use-replay.ts';
import styles from './strip.module.css';

/** `#`: to an event, an observation, an id or a time; what cannot be read or found says so beside it. */
export const GoToMoment = memo(function GoToMoment({
  head,
  hands,
}: {
  /** The last event of the log. */
  readonly head: number;
  readonly hands: Hands;
}) {
  const t = useTranslations();
  const { zone } = useCentre();
  const now = useNow();
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState('');
  useKey('#', () => field.current?.focus());
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    try {
      const target = targetIn(field.current?.value ?? '', { now, zone });
      const seq = await seqOf(target, ask);
      if (seq === null)
        setWrong(t(target.to === 'instant' ? 'replay.goTo.nothingThen' : 'replay.goTo.none'));
      else if (seq > head) setWrong(t('replay.goTo.none'));
      else {
        hands.jump(seq);
        field.current?.blur();
        if (field.current !== null) field.current.value = '';
      }
    } catch (error) {
      if (isUnreadable(error)) setWrong(t('replay.goTo.unreadable'));
      else if (error instanceof ApiProblem) setWrong(t(`problem.${error.code}`));
      else throw error;
    }
  };
  return (
    <form className={`${styles.goTo} no-print`} onSubmit={(event) => void submit(event)}>
      <label>
        <span>{t('replay.goTo.label')}</span>
        <input
          className={styles.field}
          ref={field}
          autoComplete="off"
          spellCheck={false}
          placeholder={t('replay.goTo.example')}
          aria-invalid={wrong !== ''}
          aria-describedby="replay-go-to-wrong"
          onChange={() => setWrong('')}
          onKeyDown={(event) => {
            if (event.key === 'Escape') event.currentTarget.blur();
          }}
        />
      </label>
      <button type="submit" className={styles.plain}>
        {t('replay.goTo.go')}
      </button>
      <span id="replay-go-to-wrong" role="status" className={styles.wrong}>
        {wrong}
      </span>
    </form>
  );
});
