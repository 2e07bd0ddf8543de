// Ends a build: puts the command and its threads, with the packages they use, in few files that hold only what is used. Node opens a file a
// module, and looking for hundreds of them would take longer than tagging a sentence.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const TARGET = 'dist/command';
rmSync(TARGET, { recursive: true, force: true }); // the files of earlier builds have other names

const OPTIONS = {
  entryNames: '[name]',
  outdir: TARGET,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  metafile: true,
  logLevel: 'warning',
  // Packages of the older kind of modules ask for what Node has by require.
  banner: {
    js: "import { createRequire as createBundleRequire } from 'node:module'; const require = createBundleRequire(import.meta.url);",
  },
};

const whole = await build({
  ...OPTIONS,
  splitting: true,
  entryPoints: [
    'dist/cli/main.js',
    'dist/node/worker.js',
    'dist/commands/train/pool-thread.js',
    'dist/commands/doubt/judge-thread.js',
    'dist/commands/annotate/learner-thread.js',
    'dist/commands/serve/answer-thread.js',
    'dist/commands/serve/load-thread.js',
    'dist/commands/serve/training/training-thread.js',
  ],
});
// The command that is started most often and its thread are each one file more, which share nothing.
const alone = await build({ ...OPTIONS, entryPoints: ['dist/cli/tag-main.js', 'dist/tagging/thread.js'] });

const packages = [whole, alone]
  .flatMap(({ metafile }) => Object.values(metafile.outputs))
  .flatMap(({ inputs }) => Object.keys(inputs))
  .flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? []);
const licences = [...new Set(packages)].sort().map((folder) => {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  return `${folder.replace(/^.*node_modules\//, '')}\n\n${file ? readFileSync(`${folder}/${file}`, 'utf8') : ''}`;
});
writeFileSync(`${TARGET}/LICENSES`, licences.join('\n----\n\n'));
