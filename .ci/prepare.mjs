// Makes a fresh clone ready to run: installs what the lock file names and builds, each only when it is out of date.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
process.chdir(root);

const changed = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const newest = (folder) => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...files.map((file) => changed(`${file.parentPath ?? file.path}/${file.name}`)));
};
const run = (command) => {
  const { status } = spawnSync(command, { shell: true, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
};

if (changed('node_modules/.package-lock.json') < changed('package-lock.json')) run('npm ci --no-audit --no-fund');

const SETTINGS = [
  'tsconfig.json',
  'tsconfig.build.json',
  '.ci/build-kernels.mjs',
  '.ci/write-manual.mjs',
  '.ci/bundle-page.mjs',
  '.ci/make-llms.mjs',
  '.ci/bundle-command.mjs',
];
const stamp = 'dist/.built';
if (changed(stamp) < Math.max(newest('src'), ...SETTINGS.map(changed))) {
  run('npm run --silent build');
  mkdirSync('dist', { recursive: true });
  writeFileSync(stamp, '');
}
