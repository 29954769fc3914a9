export default {
  testEnvironment: 'node',
  // Node takes the types out itself, in tests as in the program: nothing is transformed.
  transform: {},
  testRunner: '<rootDir>/tests/runner.js',
  testMatch: ['<rootDir>/{policies,subgraphs,gateway,paper,schema,sample,bench,tests}/**/*.test.ts'],
  // Two cores are what the project is planned for; Jest would leave one of them idle.
  maxWorkers: 2,
  testTimeout: 120_000,
};
