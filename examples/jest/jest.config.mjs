export default {
  testMatch: ['<rootDir>/*.test.mjs', '<rootDir>/*.test.cjs'],
  transform: {},
  globalSetup: './global-setup.mjs',
  globalTeardown: './global-teardown.mjs',
}
