import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { BINARY, Folder } from '../helpers/cli.js';

/** The npm package that holds Node itself, one a platform. */
const PACKAGE = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

describe('the checkpoint is the same to the byte', () => {
  const folder = new Folder();

  async function digestBy(node: string, workers: string): Promise<string> {
    await execa(node, [BINARY, 'train', '--epochs', '3', '--workers', workers, '--quiet'], { cwd: folder.path });
    return createHash('sha256').update(folder.read('model.json')).digest('hex');
  }

  it.for(['22', '24'])('with Node %s as with this one, with 1 and with 2 threads', async (version, { skip }) => {
    const home = folder.at(`node-${version}`);
    const installed = await execa('npm', ['install', '--prefix', home, `${PACKAGE}@${version}`], { reject: false });
    if (installed.failed) skip(`Node ${version} cannot be installed here`);
    const node = join(home, 'node_modules', PACKAGE, 'bin', 'node');
    const expected = await digestBy(process.execPath, '1');
    expect(await digestBy(node, '1')).toBe(expected);
    expect(await digestBy(node, '2')).toBe(expected);
  });
});
