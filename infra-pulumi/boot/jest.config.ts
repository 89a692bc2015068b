import type { Config } from 'jest';

/** The boot, for real: minutes, and as root. `npm run test:boot` runs it; `npm test` does not. */
const config: Config = {
  rootDir: '../..',
  roots: ['<rootDir>/infra-pulumi/boot'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  transform: { '\\.ts$': ['ts-jest', { tsconfig: 'packages/tsconfig.check.json' }] },
  testTimeout: 240_000,
  // They share the addresses of one network, and two cores.
  maxWorkers: 1,
};

export default config;
