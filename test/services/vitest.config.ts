// Tests against services of the system rather than of npm. They are run by scripts/services.ts, where the services are there.
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    name: 'services',
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/services/**/*.sitest.ts'],
    globalSetup: ['test/setup/engines.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 1,
  },
});
