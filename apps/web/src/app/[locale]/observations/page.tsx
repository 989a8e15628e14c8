import { titled } from '../../../shell/screen-title.ts';
import { ObservationsScreen } from './observations-screen.tsx';

export const generateMetadata = titled('observations');

export default function ObservationsPage() {
  return <ObservationsScreen />;
}
