import type { Metadata } from 'next';
import { CATALOGUES } from '../../../locales.ts';
import { tabTitle } from '../../../shell/screen-title.ts';
import { ObservationScreen } from './observation-screen.tsx';

export const metadata: Metadata = { title: tabTitle(CATALOGUES.en.observation.page) };

export default function ObservationPage() {
  return <ObservationScreen />;
}
