export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/strip-types.js' },
  testMatch: ['<rootDir>/{policies,subgraphs,gateway,schema,sample,bench,tests}/**/*.test.ts'],
  testTimeout: 60_000,
};
