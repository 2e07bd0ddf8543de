import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type Folder, plainEnvironment } from './cli.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a program, also one of `node_modules`, and returns what it printed; what it said is in the error where it fails. */
export async function run(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await execa(command, [...args], {
    cwd,
    env: plainEnvironment(),
    extendEnv: false,
    preferLocal: true,
  });
  return stdout;
}

/** Makes a folder an empty project with the packed package in it, and returns the path of the package. */
export async function installPacked(folder: Folder, type: 'module' | 'commonjs' = 'module'): Promise<string> {
  const packed = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder.path], ROOT);
  const tarball = folder.at(JSON.parse(packed)[0].filename);
  folder.write('package.json', JSON.stringify({ name: 'stranger', private: true, type }));
  await run('npm', ['install', '--no-audit', '--no-fund', tarball], folder.path);
  return tarball;
}

/** The path of a program that the tests have. */
export function ownProgram(name: string): string {
  return join(ROOT, 'node_modules', '.bin', name);
}
