import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(async () => {
  await folder.learnByHeart(NAMES);
  folder.write('corpus.conll', NAMES);
});

describe.runIf(process.platform === 'linux')('where a process may not reserve 10 GB of addresses', () => {
  const run = (args: readonly string[], env: Record<string, string> = {}, kilobytes = 6_000_000, input = '') =>
    execa('sh', ['-c', `ulimit -v ${kilobytes}; exec "$@"`, 'sh', process.execPath, BINARY, ...args], {
      cwd: folder.path,
      input,
      env: plainEnvironment(env),
      extendEnv: false,
      reject: false,
    });

  test.concurrent.each([
    ['tag', ['tag', 'Anna left .']],
    ['train', ['train', 'corpus.conll', ...SMALL]],
    ['eval', ['eval', 'corpus.conll']],
    ['serve', ['serve', '--port', '0']],
  ])('rnn %s says so and what to do', async (_, args) => {
    const { exitCode, stderr } = await run(args);
    expect(stderr).toMatch(/^rnn: this process may not reserve.*\n {5}raise the limit \(ulimit -v\)/m);
    expect(stderr).not.toMatch('internal error');
    expect(exitCode).toBe(1);
  });

  test.concurrent('but 10 GB once, the threads that cannot start are done without', async () => {
    const input = 'Anna Smith left .\n'.repeat(20_000);
    const { stdout, stderr, exitCode } = await run(['tag', '--workers', '3'], {}, 18_000_000, input);
    expect([stderr, exitCode]).toEqual(['', 0]);
    expect(stdout).toBe('[Anna Smith](PER) left .\n'.repeat(20_000).trimEnd());
  });

  test.concurrent('what it says to do helps', async () => {
    const { stdout } = await run(['tag', '--workers', '1', 'Anna Smith left .'], {
      NODE_OPTIONS: '--disable-wasm-trap-handler',
    });
    expect(stdout).toBe('[Anna Smith](PER) left .');
  });
});
