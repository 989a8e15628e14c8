import type { Metadata } from 'next';
import { screenTitle } from '../../../shell/screen-title.ts';
import { CentreScreen } from './centre-screen.tsx';

export const metadata: Metadata = { title: screenTitle('centre') };

export default function CentrePage() {
  return <CentreScreen />;
}
