export default {
  testMatch: ['<rootDir>/*.test.mjs'],
  transform: {},
  globalSetup: './global-setup.mjs',
  globalTeardown: './global-teardown.mjs',
}
