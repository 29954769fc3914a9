export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/strip-types.js' },
  testMatch: ['<rootDir>/{policies,subgraphs,gateway,paper,schema,sample,bench,tests}/**/*.test.ts'],
  // Two cores are what the project is planned for; Jest would leave one of them idle.
  maxWorkers: 2,
  testTimeout: 120_000,
};
