import type { Metadata } from 'next';
import { screenTitle } from '../../../shell/screen-title.ts';
import { LogScreen } from './log-screen.tsx';

export const metadata: Metadata = { title: screenTitle('log') };

export default function LogPage() {
  return <LogScreen />;
}
