import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { preparePython } from '../bench/peers/venv.js';
import { BINARY, Folder } from '../helpers/cli.js';
import { starterSentences } from '../helpers/starter-corpus.js';

const SHARDS = 6;
/** How often a shard holds the starter corpus's test part. */
const REPEATS = 10;
const TAG = ['tag', '--workers', '1', '--to', 'jsonl', '-m'];

const folder = new Folder();
const text = `${starterSentences('test')
  .map(({ tokens }) => tokens.join(' '))
  .join('\n')}\n`;
let serial = '';

function tell(what: string, since: number): void {
  const tokens = SHARDS * REPEATS * text.split(/\s+/).length;
  const seconds = (performance.now() - since) / 1000;
  process.stderr.write(`${what}: ${tokens} tokens in ${seconds.toFixed(1)} s, start and end included\n`);
}

beforeAll(async () => {
  await folder.mustRun(['train', '--epochs', '3']);
  folder.makeFolder('shards');
  for (let shard = 0; shard < SHARDS; shard++)
    folder.write(`shards/part-${shard}.txt`, `shard ${shard}\n${text.repeat(REPEATS)}`);
  const shards = Array.from({ length: SHARDS }, (_, shard) => folder.read(`shards/part-${shard}.txt`));
  folder.write('all.txt', shards.join(''));
  const began = performance.now();
  serial = (await folder.mustRun([...TAG, 'model.json', '--file', 'all.txt'])).stdout;
  tell('one process', began);
  expect(serial.match(/"label"/g)?.length).toBeGreaterThan(1000);
}, 600_000);

const hasParallel = spawnSync('parallel', ['--version']).status === 0;
describe.skipIf(!hasParallel)(`GNU parallel${hasParallel ? '' : ' (not installed)'}`, () => {
  test('--pipe gives the serial output, byte for byte', async () => {
    const command = [process.execPath, BINARY, ...TAG, 'model.json'].map((word) => `'${word}'`).join(' ');
    const began = performance.now();
    const { stdout } = await execa(
      'parallel',
      ['--will-cite', '--pipe', '--keep-order', '--jobs', '2', '--block', '1M', command],
      { cwd: folder.path, inputFile: folder.at('all.txt'), stripFinalNewline: false, maxBuffer: 1e9 },
    );
    tell('GNU parallel, 2 jobs', began);
    expect(stdout === serial).toBe(true);
  });

  test('tells by its exit code how many commands failed', async () => {
    const command = `'${process.execPath}' '${BINARY}' ${TAG.join(' ')} missing.json`;
    const args = ['--will-cite', '--pipe', command];
    const { exitCode, stderr } = await execa('parallel', args, {
      cwd: folder.path,
      inputFile: folder.at('all.txt'),
      reject: false,
    });
    expect(exitCode).toBeGreaterThan(0);
    expect(exitCode).toBe(stderr.match(/^rnn: missing\.json/gm)?.length);
  });
});

const hasJava = spawnSync('java', ['-version']).status === 0;
const spark = hasJava
  ? await preparePython('spark', new URL('./requirements.txt', import.meta.url))
  : { skipped: 'there is no Java' };
describe.skipIf('skipped' in spark)(`Apache Spark${'skipped' in spark ? ` (${spark.skipped})` : ''}`, () => {
  /** Runs `rnn tag` on the shards; what is written to stdout is of the script alone. */
  async function pipe(output: string, checkCode: 'check' | 'hidden', model: string) {
    const python = 'python' in spark ? spark.python : '';
    const script = fileURLToPath(new URL('./spark.py', import.meta.url));
    const command = [process.execPath, BINARY, ...TAG, model];
    return execa(python, [script, folder.at('shards/part-*'), folder.at(output), checkCode, ...command], {
      cwd: folder.path,
      env: { PYSPARK_PYTHON: python, SPARK_LOCAL_IP: '127.0.0.1', PATH: `${dirname(python)}:${process.env.PATH}` },
      reject: false,
    });
  }

  /** Parts in the order of their numbers. */
  function gather(output: string): string {
    const names = spawnSync('ls', [folder.at(output)], { encoding: 'utf8' }).stdout.split('\n');
    const parts = names.filter((name) => name.startsWith('part-')).sort();
    return parts.map((name) => folder.read(`${output}/${name}`)).join('');
  }

  test('RDD.pipe on two executors gives the serial output, byte for byte', async () => {
    const began = performance.now();
    const { stdout, stderr } = await pipe('tagged', 'check', folder.at('model.json'));
    tell('Spark, 2 executors', began);
    expect(stdout, stderr).toMatch(/^\{/);
    const { executors, partitions, seconds } = JSON.parse(stdout);
    process.stderr.write(`Spark: ${partitions} partitions, ${seconds.toFixed(1)} s of it the job\n`);
    expect(executors).toBe(2);
    expect(partitions).toBeGreaterThanOrEqual(SHARDS);
    expect(gather('tagged') === serial).toBe(true);
  });

  test('a command that fails fails the job where exit codes are checked, and is lost where they are not', async () => {
    const checked = await pipe('checked', 'check', folder.at('missing.json'));
    expect(checked.exitCode).not.toBe(0);
    expect(checked.stderr).toContain('exited with error code 3');
    const hidden = await pipe('hidden', 'hidden', folder.at('missing.json'));
    expect(hidden.exitCode).toBe(0);
    expect(gather('hidden')).toBe('');
  });
});
