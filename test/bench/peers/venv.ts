import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * Makes a virtual environment with what a peer's `requirements.txt` names, in the system's folder for temporary files,
 * where the next run finds it again.
 *
 * @param name of the peer
 * @returns the path of its Python, or why there is none
 */
export async function preparePython(
  name: string,
  requirements: URL,
): Promise<{ readonly python: string } | { readonly skipped: string }> {
  const wanted = await readFile(requirements);
  const hash = createHash('sha256').update(wanted).digest('hex').slice(0, 8);
  const folder = join(tmpdir(), `rnn-tagger-bench-${name}-${hash}`);
  const python = join(folder, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
  const stamp = join(folder, 'installed');
  try {
    await access(stamp);
    return { python };
  } catch {
    // not installed yet
  }
  try {
    await run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', fileURLToPath(requirements)]);
    await writeFile(stamp, '');
    return { python };
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split('\n').at(-1) : String(error);
    return { skipped: `${name} could not be installed with pip: ${reason}` };
  }
}
