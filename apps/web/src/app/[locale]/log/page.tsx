import { titled } from '../../../shell/screen-title.ts';
import { LogScreen } from './log-screen.tsx';

export const generateMetadata = titled('log');

export default function LogPage() {
  return <LogScreen />;
}
