import { spawnSync } from 'node:child_process';
import { execa } from 'execa';

/** A Chromium that is installed here; undefined where there is none. */
export const BROWSER = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--allow-file-access-from-files'];

/** The page of a file as the browser has it after its scripts ran. */
export async function dumpDom(path: string): Promise<string> {
  const { stdout } = await execa(BROWSER ?? '', [...FLAGS, '--dump-dom', `file://${path}`], { timeout: 60_000 });
  return stdout;
}
