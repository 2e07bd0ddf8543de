import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';
import { installNode } from '../helpers/npm-program.js';
import { installPacked, ownProgram, run } from '../helpers/packed-project.js';

/** A project of CommonJS with the packed package in it. */
const folder = new Folder();

beforeAll(async () => {
  await installPacked(folder, 'commonjs');
  folder.write('corpus.conll', NAMES);
  await folder.mustRun(['train', 'corpus.conll', '--dev', 'corpus.conll', ...SMALL]);
  folder.write(
    'use.js',
    `const { loadModelFile, UserError } = require('rnn-tagger');
const tagger = require('rnn-tagger/tagger');
(async () => {
  const model = await loadModelFile('model.json');
  const imported = await import('rnn-tagger');
  const isOne = imported.UserError === UserError && model instanceof tagger.TaggingModel;
  console.log(JSON.stringify([isOne, model.tag('Anna left. Bob stayed.').length]));
})();
`,
  );
}, 600_000);

test.for(['20', '22', '24'])(
  'require gives the very package that import gives, in Node %s',
  async (version, { skip }) => {
    const own = process.versions.node.startsWith(`${version}.`) ? process.execPath : undefined;
    const node = own ?? (await installNode(version)) ?? skip(`Node ${version} cannot be installed here`);
    const { stdout } = await execa(node, ['use.js'], { cwd: folder.path });
    expect(JSON.parse(stdout)).toEqual([true, 2]);
  },
);

test('its types serve a strict project of CommonJS', async () => {
  folder.write(
    'use.cts',
    `import tagger = require('rnn-tagger/tagger');
export const spans = (text: string): tagger.TaggedSpan[] => tagger.loadModel(text).tag(text).flatMap((each) => each.spans);
`,
  );
  const args = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--lib', 'es2023,dom', 'use.cts'];
  await run(ownProgram('tsc'), args, folder.path);
});
