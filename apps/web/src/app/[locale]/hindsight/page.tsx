import type { Metadata } from 'next';
import { CATALOGUES } from '../../../locales.ts';
import { HindsightScreen } from './hindsight-screen.tsx';

const { product, hindsight } = CATALOGUES.en;
export const metadata: Metadata = { title: product.title.replace('{screen}', hindsight.page) };

export default function HindsightPage() {
  return <HindsightScreen />;
}
