import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { openDocumentFolder } from '../../src/node/document-folder.js';
import { Folder, plainEnvironment } from '../helpers/cli.js';

const folder = new Folder();

function prepare(name: string): { read(): string[]; names(): string[] } {
  folder.makeFolder(name);
  folder.write(`${name}/a.txt`, 'old text');
  folder.write(`${name}/a.ann`, 'old annotations');
  return {
    read: () => [folder.read(`${name}/a.txt`), folder.read(`${name}/a.ann`)],
    names: () => readdirSync(folder.at(name)).sort(),
  };
}

test('documents stand in their places only when all are written', async () => {
  const { read, names } = prepare('finished');
  const documents = await openDocumentFolder(folder.at('finished'));
  await documents.write('a', 'new text', 'new annotations');
  await documents.write('b', 'text', '');
  expect(read()).toEqual(['old text', 'old annotations']);
  await documents.finish();
  expect(read()).toEqual(['new text', 'new annotations']);
  expect(names()).toEqual(['a.ann', 'a.txt', 'b.ann', 'b.txt']);
});

test('documents that are given up leave the older ones whole and no trace', async () => {
  const { read, names } = prepare('discarded');
  const documents = await openDocumentFolder(folder.at('discarded'));
  await documents.write('a', 'new text', 'new annotations');
  await documents.discard();
  expect(read()).toEqual(['old text', 'old annotations']);
  expect(names()).toEqual(['a.ann', 'a.txt']);
  const made = await openDocumentFolder(folder.at('made/inside'));
  await made.write('a', 'text', '');
  await made.discard();
  expect(readdirSync(folder.at('made'))).toEqual([]);
});

test('a text takes its place before its annotations do', async () => {
  const { read } = prepare('ordered');
  folder.makeFolder('ordered/b.txt');
  const documents = await openDocumentFolder(folder.at('ordered'));
  await documents.write('a', 'new text', 'new annotations');
  await documents.write('b', 'text', 'annotations');
  await expect(documents.finish()).rejects.toMatchObject({ name: 'UserError', exitCode: 1 });
  await documents.discard();
  expect(read()).toEqual(['new text', 'new annotations']);
  expect(readdirSync(folder.at('ordered')).sort()).toEqual(['a.ann', 'a.txt', 'b.txt']);
});

test('a process that is killed while it writes leaves the older documents whole, and the next one clears up', async () => {
  const { read, names } = prepare('killed');
  const module = new URL('../../dist/node/document-folder.js', import.meta.url).href;
  const script = `const { openDocumentFolder } = await import('${module}');
    const documents = await openDocumentFolder('killed');
    await documents.write('a', 'new text', 'new annotations');
    console.log('written');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: folder.path,
    env: plainEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'close');
  expect(read()).toEqual(['old text', 'old annotations']);
  expect(names()).toHaveLength(4);
  await (await openDocumentFolder(folder.at('killed'))).discard();
  expect(names()).toEqual(['a.ann', 'a.txt']);
});
