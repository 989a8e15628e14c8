import type { Metadata } from 'next';
import { screenTitle } from '../../shell/screen-title.ts';
import { SituationScreen } from './situation/situation-screen.tsx';

export const metadata: Metadata = { title: screenTitle('situation') };

/** A language's own address shows the situation: it is what a centre looks at all day. */
export default function LocalePage() {
  return <SituationScreen />;
}
