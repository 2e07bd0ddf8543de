import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

const PREPARE = fileURLToPath(new URL('../.ci/prepare.mjs', import.meta.url));

/** Builds what the tests run if a source is newer, before the first run and, while Vitest watches, before each further one. */
export default function setup(project: TestProject): void {
  const build = (): void => {
    execFileSync(process.execPath, [PREPARE], { stdio: 'inherit' });
  };
  build();
  project.onTestsRerun(async () => build());
}
