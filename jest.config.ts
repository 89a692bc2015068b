import type { Config } from 'jest';

const config: Config = {
  roots: ['<rootDir>/packages', '<rootDir>/infra-pulumi'],
  testMatch: ['**/src/**/*.test.ts'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'require', 'default'] },
  // Types are checked by `npm run check`, tests included; here they are only removed.
  transform: {
    '\\.ts$': ['ts-jest', { tsconfig: 'packages/tsconfig.check.json' }],
    // Modules of the new kind, which jest loads only as the old one.
    'node_modules/.+\\.js$': [
      'ts-jest',
      {
        tsconfig: {
          allowJs: true,
          module: 'commonjs',
          target: 'es2024',
          ignoreDeprecations: '6.0',
        },
      },
    ],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(string-width|strip-ansi|ansi-regex|get-east-asian-width)/)',
  ],
  maxWorkers: 2,
};

export default config;
