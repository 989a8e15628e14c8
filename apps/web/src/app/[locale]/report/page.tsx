import type { Metadata } from 'next';
import { screenTitle } from '../../../shell/screen-title.ts';
import { ReportScreen } from './report-screen.tsx';

export const metadata: Metadata = { title: screenTitle('report') };

export default function ReportPage() {
  return <ReportScreen />;
}
