import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/browser/*.browser.ts'],
    testTimeout: 60_000,
    // two browsers at once would share two processors with the server
    fileParallelism: false,
  },
});
