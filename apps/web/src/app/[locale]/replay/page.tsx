import { titled } from '../../../shell/screen-title.ts';
import { ReplayScreen } from './replay-screen.tsx';

export const generateMetadata = titled('replay');

export default function ReplayPage() {
  return <ReplayScreen />;
}
