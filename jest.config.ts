// One project per house. Tests read the packages' TypeScript through the condition
// `ceasewatch-source`, so they need no build; the browser project drives what was built.
import type { Config } from 'jest';

type Project = Exclude<NonNullable<Config['projects']>[number], string>;

const swc = {
  sourceMaps: 'inline',
  module: { type: 'es6' },
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: {
      legacyDecorator: true,
      decoratorMetadata: true,
      react: { runtime: 'automatic' },
    },
    keepClassNames: true,
    experimental: { keepImportAttributes: true },
  },
};

function project(displayName: string, testMatch: string[], more: Project = {}): Project {
  return {
    displayName,
    // Beside the packages: the run's own temporary folder goes when it ends.
    cacheDirectory: '<rootDir>/node_modules/.cache/ceasewatch/jest',
    testMatch: testMatch.map((pattern) => `<rootDir>/${pattern}`),
    testEnvironment: 'node',
    testEnvironmentOptions: {
      customExportConditions: ['ceasewatch-source', 'node', 'node-addons'],
    },
    extensionsToTreatAsEsm: ['.ts', '.tsx'],
    moduleFileExtensions: ['ts', 'tsx', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
    modulePathIgnorePatterns: [
      '<rootDir>/apps/web/(\\.next|out)/',
      '<rootDir>/(apps|libs)/[^/]+/dist/',
    ],
    transform: { '^.+\\.tsx?$': ['@swc/jest', swc] },
    ...more,
  };
}

const config: Config = {
  // A booted Nest app leaves about 17 MB per test file behind in its worker.
  workerIdleMemoryLimit: '700MB',
  // A guard against hanging, not a measure: machines are busy.
  testTimeout: 300_000,
  projects: [
    project('rooms', ['!(bench*|faults).spec.ts']),
    project('bench', ['@(bench!(-browser)|faults).spec.ts', 'faults/**/*.spec.ts']),
    project('domain', ['libs/domain/src/**/*.spec.ts']),
    project('tlog', ['libs/tlog/src/**/*.spec.ts']),
    project('api', ['apps/api/src/**/*.spec.ts', 'apps/api/test/**/*.spec.ts']),
    project('auditor', ['apps/auditor/{src,test}/**/*.spec.ts']),
    project('web', ['apps/web/{app,src}/**/*.spec.{ts,tsx}'], {
      testEnvironment: 'jsdom',
      testEnvironmentOptions: { customExportConditions: ['ceasewatch-source', 'browser'] },
      moduleNameMapper: { '\\.css$': '<rootDir>/apps/web/src/testing/no-styles.ts' },
    }),
    project('browser', ['apps/web/browser/**/*.spec.ts', 'bench-browser.spec.ts'], {
      globalSetup: '<rootDir>/apps/web/browser/testing/global-setup.ts',
      globalTeardown: '<rootDir>/apps/web/browser/testing/global-teardown.ts',
    }),
  ],
};

export default config;
