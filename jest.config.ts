import type { Config } from 'jest';

const config: Config = {
  roots: ['<rootDir>/packages', '<rootDir>/infra-pulumi'],
  testMatch: ['**/src/**/*.test.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  // Types are checked by `npm run check`, tests included; here they are only removed.
  transform: { '\\.ts$': ['ts-jest', { tsconfig: 'packages/tsconfig.check.json' }] },
  maxWorkers: 2,
};

export default config;
