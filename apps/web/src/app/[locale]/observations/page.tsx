import type { Metadata } from 'next';
import { screenTitle } from '../../../shell/screen-title.ts';
import { ObservationsScreen } from './observations-screen.tsx';

export const metadata: Metadata = { title: screenTitle('observations') };

export default function ObservationsPage() {
  return <ObservationsScreen />;
}
