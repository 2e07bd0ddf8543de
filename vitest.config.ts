import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';

/**
 * `vitest` runs all tests but the long ones, `vitest --mode long` only those. Files share a process and its modules, a
 * process a core, since starting one for each file would take a third of the time; the long ones, which measure memory
 * and time, run one after another, each in its own.
 */
export default defineConfig(({ mode }) => {
  const isLong = mode === 'long';
  return {
    test: {
      include: [isLong ? 'test/**/*.long.test.ts' : 'test/**/*.test.ts'],
      exclude: isLong ? configDefaults.exclude : [...configDefaults.exclude, '**/*.long.test.ts'],
      globalSetup: 'test/build.ts',
      isolate: isLong,
      maxWorkers: isLong ? 1 : availableParallelism(),
      testTimeout: isLong ? 3_600_000 : 30_000,
      coverage: { include: ['src/**'] },
    },
  };
});
