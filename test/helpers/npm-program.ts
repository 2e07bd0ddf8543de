import { existsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/**
 * Installs a program that is an npm package, in the system's folder for temporary files, where the next run finds it again.
 *
 * @param name of the package, and the version
 * @param path of the program in the package
 * @returns the path of the program; undefined where the package cannot be installed
 */
export async function installProgram(name: string, version: string, path: string): Promise<string | undefined> {
  const home = join(tmpdir(), `rnn-tagger-${name.replace(/\W+/g, '-')}-${version}`);
  const stamp = join(home, 'installed');
  if (!existsSync(stamp)) {
    const options = ['--no-audit', '--no-fund', '--no-package-lock'];
    const installed = await execa('npm', ['install', '--prefix', home, ...options, `${name}@${version}`], {
      reject: false,
    });
    if (installed.failed) return undefined;
    writeFileSync(stamp, '');
  }
  const program = join(home, 'node_modules', name, path);
  return existsSync(program) ? program : undefined;
}

/** The path of another version of Node; undefined where it cannot be installed. */
export function installNode(version: string): Promise<string | undefined> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return installProgram(`node-${platform}-${process.arch}`, version, 'bin/node');
}
