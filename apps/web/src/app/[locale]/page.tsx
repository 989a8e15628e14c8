import { titled } from '../../shell/screen-title.ts';
import { SituationScreen } from './situation/situation-screen.tsx';

export const generateMetadata = titled('situation');

/** A language's own address shows the situation: it is what a centre looks at all day. */
export default function LocalePage() {
  return <SituationScreen />;
}
