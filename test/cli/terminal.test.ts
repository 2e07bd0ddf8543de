import { spawnSync } from 'node:child_process';
import { execa } from 'execa';
import { beforeAll, describe, expect, test } from 'vitest';
import { BINARY, Folder, NAMES, plainEnvironment } from '../helpers/cli.js';

const folder = new Folder();
const sentence = 'Bob Jones left Paris .';

/** The script command of util-linux gives a program a terminal. */
const SCRIPT = 'script';
const hasScript = /util-linux/.test(String(spawnSync(SCRIPT, ['--version']).stdout));

beforeAll(() => folder.learnByHeart(NAMES));

/** What a terminal of some width gets from `rnn`, stdout and stderr together. */
async function onTerminal(args: string, { columns = 60, input = '', env = {} } = {}): Promise<string> {
  const command = `stty cols ${columns} && "${process.execPath}" "${BINARY}" ${args}`;
  const { stdout } = await execa(SCRIPT, ['-qec', command, '/dev/null'], {
    cwd: folder.path,
    env: plainEnvironment({ TERM: 'xterm', SHELL: '/bin/sh', ...env }),
    extendEnv: false,
    input,
  });
  return stdout;
}

/** What moves the cursor. */
const CONTROLS = new RegExp(`${String.fromCharCode(27)}(?:\\[[?0-9;]*[A-Za-z]|[78])`);

const COLOURS = new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g');

/** Each state of each line. */
function framesOf(output: string): string[] {
  return output.split(/[\r\n]/).flatMap((line) => line.split(CONTROLS));
}

describe.skipIf(!hasScript)('on a terminal (skipped without script of util-linux)', { concurrent: true }, () => {
  /** Each test trains to a file of its own: they run at the same time. */
  const trainTo = (output: string): string =>
    `train by-heart.conll --preset textbook --hidden 64 --epochs 9 -o ${output}.json`;

  test('a bar shows epoch, loss, dev F1, time left and speed, and fits 60 columns', async () => {
    const frames = framesOf(await onTerminal(trainTo('bar')));
    for (const frame of frames) expect(frame.length, frame).toBeLessThanOrEqual(60);
    const bars = frames.filter((frame) => frame.startsWith('epoch 9/9 '));
    expect(bars.at(-1)).toMatch(/^epoch 9\/9 █+░* loss \d+\.\d\d dev F1 \d+\.\d\d \d+:\d\d left \d+(?:\.\dk)? tok\/s$/);
  });

  test('a narrow bar loses whole figures, the speed first', async () => {
    const bar = framesOf(await onTerminal(trainTo('narrow'), { columns: 34 })).findLast((frame) =>
      frame.startsWith('epoch 9/9 '),
    );
    expect(bar).toMatch(/^epoch 9\/9 loss \d+\.\d\d dev F1 \d+\.\d\d$/);
  });

  test('a terminal that does not know its width gets a bar of 80 columns', async () => {
    const bar = framesOf(await onTerminal(trainTo('unknown'), { columns: 0 })).findLast((frame) =>
      frame.startsWith('epoch 9/9 '),
    );
    expect(bar).toMatch(/ tok\/s \d+\.\d MB$/);
  });

  test('curves of loss and dev F1 follow, and fit 60 columns', async () => {
    const lines = (await onTerminal(trainTo('curves'))).split(/\r?\n/);
    const curves = lines.filter((line) => line.includes('┤'));
    expect(curves.length).toBe(12);
    for (const line of curves) expect(line.length).toBeLessThan(60);
    expect(lines).toContain('loss, epochs 1 to 9');
    expect(lines).toContain('dev F1, epochs 1 to 9');
  });

  test('--quiet shows no bar', async () => {
    expect(await onTerminal(`${trainTo('quiet')} --quiet`)).toMatch(/^dev +precision/);
  });

  test('rnn eval and rnn check break lines between words', async () => {
    const long = 'word\tO\n'.repeat(30);
    folder.write(
      'long.conll',
      `Rome\tI-LOC\n${long}\nParis\tI-LOC\n${long}\nOslo\tB-LOC\n\nBern\tB-LOC\n\nKiev\tB-LOC\n`,
    );
    for (const command of ['eval long.conll', 'check long.conll']) {
      const lines = (await onTerminal(`${command} || true`)).split('\r\n');
      const words = lines.filter((line) => !/^(?:label|LOC|all|match|partial)/.test(line));
      for (const line of words) expect(line.replace(COLOURS, '').length, line).toBeLessThanOrEqual(60);
    }
    const { stdout } = await folder.rnn(['check', 'long.conll']);
    expect(stdout).toContain('\n  long.conll:1: I-LOC of "Rome", expected B-LOC\n');
    expect(await onTerminal('check long.conll || true')).toMatch(
      / {2}long\.conll\r\n {4}1: I-LOC of "Rome", expected B-LOC\r\n/,
    );
  });

  test.each([60, 44])('help and errors break lines between words, at %d columns', async (columns) => {
    const commands = ['--help', 'train --help', 'eval --help', 'convert --help', 'serve --help', 'help'];
    const errors = ['train --hiden 1', 'eval --to markdwon', 'train raw.txt', 'tag -m a/path/of/no/model.json x'];
    folder.write('raw.txt', 'This is a sentence of raw text, which nobody has labelled.\nThis one too.\n');
    for (const command of [...commands, ...errors]) {
      const output = await onTerminal(`${command} || true`, { columns });
      expect(output.length).toBeGreaterThan(40);
      for (const line of output.replace(COLOURS, '').split('\r\n'))
        expect(line.length, `${command}: ${line}`).toBeLessThanOrEqual(columns);
    }
  });

  test('tag started bare says what it waits for, and tags what is typed', async () => {
    const output = await onTerminal('tag', { input: `${sentence}\n`, env: { NO_COLOR: '1' } });
    expect(output).toMatch(/Type a sentence and press Enter; Ctrl-D ends\./);
    expect(output).toContain('[Bob Jones](PER) left [Paris](LOC) .');
  });

  test('tag --quiet waits without a word', async () => {
    const output = await onTerminal('tag --quiet', { input: `${sentence}\n` });
    expect(output).not.toContain('Type a sentence');
  });

  test('names are painted, unless NO_COLOR or a dumb terminal forbids it', async () => {
    const painted = await onTerminal(`tag "${sentence}"`);
    expect(painted).toContain('\u001b[36m');
    expect(painted).not.toContain('](');
    for (const env of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect(await onTerminal(`tag "${sentence}"`, { env })).toBe('[Bob Jones](PER) left [Paris](LOC) .');
    }
  });

  test('each stream is judged for itself: stdout in a pipe is plain, stderr on the terminal has its bar', async () => {
    const output = await onTerminal(`${trainTo('piped')} --json | cat`);
    expect(output).toContain('epoch 9/9 ');
    expect(await onTerminal(`tag "${sentence}" | cat`)).toBe('[Bob Jones](PER) left [Paris](LOC) .');
  });
});
