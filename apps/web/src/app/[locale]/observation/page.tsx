import type { Metadata } from 'next';
import { CATALOGUES } from '../../../locales.ts';
import { ObservationScreen } from './observation-screen.tsx';

const { product, observation } = CATALOGUES.en;
export const metadata: Metadata = { title: product.title.replace('{screen}', observation.page) };

export default function ObservationPage() {
  return <ObservationScreen />;
}
