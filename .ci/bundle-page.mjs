// Part of a build: the script of the page that tags in the browser and those of the pages of rnn annotate and rnn explain,
// each in one file with all that it needs.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const licence = (name) => readFileSync(`node_modules/${name}/LICENSE`, 'utf8').trim();

const options = {
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  tsconfig: 'src/page/tsconfig.json',
  charset: 'utf8',
  logLevel: 'warning',
};
await build({
  ...options,
  entryPoints: ['src/page/annotate.ts', 'src/page/annotate.css', 'src/page/explain.ts'],
  outdir: 'dist/page',
});
await build({
  ...options,
  entryPoints: ['src/page/main.ts'],
  outfile: 'dist/page/page.js',
  banner: { js: `/* rnn-tagger, MIT licence; zod:\n${licence('zod')}\n*/` },
});
