import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/**
 * The screens leave the build as files; one process serves them and the api on one port.
 * Nothing here may need a server or the network.
 *
 * @type {import('next').NextConfig}
 */
const config = {
  output: 'export',
  reactStrictMode: true,
  transpilePackages: ['@ceasewatch/domain', '@ceasewatch/tlog'],
  turbopack: {
    root,
    rules: {
      '*.json': {
        condition: { path: /(^|\/)messages\/\w+\.json$/ },
        loaders: [join(import.meta.dirname, 'scripts', 'compile-messages.mjs')],
      },
    },
    // Formats what was compiled, and parses nothing.
    resolveAlias: { 'use-intl/format-message': 'use-intl/format-message/format-only' },
  },
  images: { unoptimized: true },
  // `npm run verify` checks every house's types in one go; the build does not do it a second time.
  typescript: { ignoreBuildErrors: true },
  experimental: { globalNotFound: true },
};

export default config;
