import type { Metadata } from 'next';
import { CATALOGUES } from '../../../locales.ts';
import { tabTitle } from '../../../shell/screen-title.ts';
import { HindsightScreen } from './hindsight-screen.tsx';

export const metadata: Metadata = { title: tabTitle(CATALOGUES.en.hindsight.page) };

export default function HindsightPage() {
  return <HindsightScreen />;
}
