import { titled } from '../../../shell/screen-title.ts';
import { ReportScreen } from './report-screen.tsx';

export const generateMetadata = titled('report');

export default function ReportPage() {
  return <ReportScreen />;
}
