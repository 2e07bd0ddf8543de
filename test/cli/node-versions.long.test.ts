import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { BINARY, Folder } from '../helpers/cli.js';
import { GOLDEN, sha256Of } from '../helpers/golden.js';
import { installNode } from '../helpers/npm-program.js';

describe('the checkpoint is the same to the byte', () => {
  const folder = new Folder();

  async function digestBy(node: string, args: readonly string[]): Promise<string> {
    await execa(node, [BINARY, 'train', ...args, '--quiet'], { cwd: folder.path });
    return sha256Of(folder.read('model.json'));
  }

  it.for(['22', '24'])('with Node %s as with this one, with 1 and with 2 threads', async (version, { skip }) => {
    const node = (await installNode(version)) ?? skip(`Node ${version} cannot be installed here`);
    const expected = await digestBy(process.execPath, ['--epochs', '3', '--workers', '1']);
    expect(await digestBy(node, ['--epochs', '3', '--workers', '1'])).toBe(expected);
    expect(await digestBy(node, ['--epochs', '3', '--workers', '2'])).toBe(expected);
    for (const { args, sha256 } of GOLDEN) expect(await digestBy(node, args)).toBe(sha256);
  });
});
