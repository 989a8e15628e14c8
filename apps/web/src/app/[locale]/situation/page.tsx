import { titled } from '../../../shell/screen-title.ts';
import { SituationScreen } from './situation-screen.tsx';

export const generateMetadata = titled('situation');

export default function SituationPage() {
  return <SituationScreen />;
}
