import { configDefaults, defineConfig } from 'vitest/config';

/** `vitest` runs all tests but the long ones, `vitest --mode long` only those. */
export default defineConfig(({ mode }) => ({
  test: {
    include: [mode === 'long' ? 'test/**/*.long.test.ts' : 'test/**/*.test.ts'],
    exclude: mode === 'long' ? configDefaults.exclude : [...configDefaults.exclude, '**/*.long.test.ts'],
    testTimeout: mode === 'long' ? 3_600_000 : 30_000,
    coverage: { include: ['src/**'] },
  },
}));
