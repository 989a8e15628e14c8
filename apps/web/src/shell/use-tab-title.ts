import { useTranslations } from 'next-intl';
import { useEffect } from 'react';

const COUNTER = /^\(\d+\) /;

/**
 * The title of the tab says EXERCISE, and how many serious events nobody has seen. Next writes titles
 * when it likes, so it is put right whenever one changes.
 *
 * @param exercise the centre is an exercise
 */
export function useTabTitle(exercise: boolean, unseen: number): void {
  const t = useTranslations();
  useEffect(() => {
    const mark = `${t('product.exercise')} · `;
    const put = () => {
      const bare = document.title.replace(COUNTER, '').replace(mark, '');
      const marked = exercise && !bare.includes(t('product.exercise')) ? `${mark}${bare}` : bare;
      const title = unseen === 0 ? marked : t('situation.tab', { n: unseen, title: marked });
      if (document.title !== title) document.title = title;
    };
    put();
    const observer = new MutationObserver(put);
    observer.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [exercise, unseen, t]);
}
