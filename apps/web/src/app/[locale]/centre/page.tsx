import { titled } from '../../../shell/screen-title.ts';
import { CentreScreen } from './centre-screen.tsx';

export const generateMetadata = titled('centre');

export default function CentrePage() {
  return <CentreScreen />;
}
