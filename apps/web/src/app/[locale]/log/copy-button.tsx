'use client';

import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** Copies a text and says so in its own place. */
export function CopyButton({
  label,
  text,
}: {
  readonly label: string;
  readonly text: () => string;
}) {
  const t = useTranslations('log.detail');
  const [outcome, setOutcome] = useState<'none' | 'copied' | 'failed'>('none');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text());
      setOutcome('copied');
    } catch (error) {
      // A browser may refuse (DOMException), and has no clipboard at all on an insecure origin (TypeError).
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      setOutcome('failed');
    }
  };
  const said = outcome === 'none' ? '' : outcome === 'copied' ? t('copied') : t('copyFailed');
  return (
    <>
      <Button
        className="no-print"
        size="compact-sm"
        variant="default"
        onClick={() => void copy()}
        onBlur={() => setOutcome('none')}
      >
        {said || label}
      </Button>
      {/* Beside it: a status within a button leaves the button without a name. */}
      <span role="status" className="heard">
        {said}
      </span>
    </>
  );
}
