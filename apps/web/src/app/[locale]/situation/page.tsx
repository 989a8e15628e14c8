import type { Metadata } from 'next';
import { screenTitle } from '../../../shell/screen-title.ts';
import { SituationScreen } from './situation-screen.tsx';

export const metadata: Metadata = { title: screenTitle('situation') };

export default function SituationPage() {
  return <SituationScreen />;
}
