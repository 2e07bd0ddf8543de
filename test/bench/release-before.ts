import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './built.js';

const run = promisify(execFile);

/** The commit of the release with which this one is compared, unless BENCH_BEFORE names another. */
const COMMIT = process.env.BENCH_BEFORE ?? 'ce88bc9';

/**
 * Builds the release before in the system's folder for temporary files, where the next run finds it again.
 *
 * @returns its top folder, or why there is none
 */
export async function prepareReleaseBefore(): Promise<{ readonly root: string } | { readonly skipped: string }> {
  const root = join(tmpdir(), `rnn-tagger-bench-before-${COMMIT}`);
  const stamp = join(root, 'built');
  if (existsSync(stamp)) return { root };
  try {
    mkdirSync(root, { recursive: true });
    const archive = join(root, 'source.tar');
    await run('git', ['-C', ROOT, 'archive', '--output', archive, COMMIT]);
    await run('tar', ['-xf', archive, '-C', root]);
    if (!existsSync(join(root, 'node_modules'))) symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
    await run('npm', ['run', 'build'], { cwd: root });
    writeFileSync(stamp, '');
    return { root };
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n')[0] : String(error);
    return { skipped: `the release before (${COMMIT}) could not be built: ${reason}` };
  }
}
