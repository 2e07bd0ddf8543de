import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, test } from 'vitest';
import { Folder } from '../helpers/cli.js';

const folder = new Folder();
const SHELLS = ['bash', 'zsh', 'fish'] as const;

beforeAll(async () => {
  for (const shell of SHELLS) folder.write(shell, (await folder.mustRun(['completion', shell])).stdout);
  folder.write('corpus.conll', '');
  folder.write('other file.conll', '');
});

function has(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

function run(shell: string, script: string): string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', script], { cwd: folder.path, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter((line) => line !== '');
}

/** What bash offers for the last of some words; nothing means files. */
function offerInBash(...words: string[]): string[] {
  const list = words.map((word) => `'${word}'`).join(' ');
  return run(
    'bash',
    `source ./bash; COMP_WORDS=(${list}) COMP_CWORD=${words.length - 1}; _rnn; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
}

/** What fish offers for the end of a line, without descriptions. */
function offerInFish(line: string): string[] {
  return run('fish', `source ./fish; complete -C '${line}'`).map((found) => found.split('\t')[0] ?? '');
}

/** What zsh shows when Tab is pressed at the end of a line, in a terminal of its own. */
function showInZsh(line: string): string {
  return run(
    'zsh',
    `zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "autoload -Uz compinit; compinit -u -D; PROMPT='> '; LISTMAX=1000; source ./zsh; echo READ''Y"
zpty -r -m shell line '*READY*'
zpty -w -n shell '${line}'$'\\t\\t'
sleep 1.5
while zpty -r -t shell line; do print -r -- $line; done
zpty -d shell`,
  ).join('\n');
}

test.each(SHELLS.filter(has))('the script has the syntax of %s', (shell) => {
  const { status, stderr } = spawnSync(shell, ['-n', folder.at(shell)], { encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
});

test('another shell is refused, with the ones that there are', async () => {
  const { exitCode, stderr } = await folder.rnn(['completion', 'tcsh']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('bash, zsh, fish or powershell');
});

describe('bash', () => {
  test('completes commands', () => {
    expect(offerInBash('rnn', 'tr')).toEqual(['train']);
    expect(offerInBash('rnn', '')).toContain('completion');
    expect(offerInBash('rnn', 'help', 'ev')).toEqual(['eval']);
  });

  test('completes the options of the command', () => {
    expect(offerInBash('rnn', 'tag', '--min')).toEqual(['--min-confidence']);
    expect(offerInBash('rnn', 'eval', '--min')).toEqual(['--min-f1']);
  });

  test('completes values that are known, of settings too', () => {
    expect(offerInBash('rnn', 'tag', '--to', '')).toEqual([
      'inline',
      'conll',
      'jsonl',
      'html',
      'csv',
      'tsv',
      'redacted',
      'text',
    ]);
    expect(offerInBash('rnn', 'train', 'corpus.conll', '--cell', 'g')).toEqual(['gru']);
    expect(offerInBash('rnn', 'train', '--cell', '=', 'l')).toEqual(['lstm']);
    expect(offerInBash('rnn', 'train', '--cell', '=')).toContain('elman');
    expect(offerInBash('rnn', 'completion', '')).toEqual([...SHELLS, 'powershell']);
  });

  test('leaves the rest to the completion of files', () => {
    expect(offerInBash('rnn', 'train', 'cor')).toEqual([]);
    expect(offerInBash('rnn', 'tag', '-m', 'mod')).toEqual([]);
    expect(run('bash', 'source ./bash; complete -p rnn')).toEqual(['complete -o default -F _rnn rnn']);
  });
});

describe.skipIf(!has('fish'))('fish', () => {
  test('completes commands, options and values', () => {
    expect(offerInFish('rnn tr')).toEqual(['train']);
    expect(offerInFish('rnn tag --min')).toEqual(['--min-confidence']);
    expect(offerInFish('rnn train --cell ')).toEqual(['elman', 'feedforward', 'gru', 'lstm']);
    expect(offerInFish('rnn completion ')).toEqual([...SHELLS, 'powershell'].sort());
  });

  test('completes files as arguments and elsewhere', () => {
    expect(offerInFish('rnn train cor')).toEqual(['corpus.conll']);
    expect(offerInFish('rnn tag -m cor')).toEqual(['corpus.conll']);
  });
});

describe.skipIf(!has('zsh'))('zsh', () => {
  test('completes commands, options, values and files', () => {
    expect(showInZsh('rnn tr')).toContain('rnn train');
    expect(showInZsh('rnn tag --min')).toContain('--min-confidence');
    const cells = showInZsh('rnn train --cell ');
    for (const cell of ['elman', 'feedforward', 'gru', 'lstm']) expect(cells).toContain(cell);
    expect(showInZsh('rnn train cor')).toContain('corpus.conll');
  });
});

describe.skipIf(!has('pwsh'))('PowerShell', () => {
  /** What is offered at the end of a line. */
  const offer = (line: string): string[] =>
    run(
      'pwsh',
      `Get-Content -Raw ./powershell.ps1 | Invoke-Expression; (TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText`,
    );

  beforeAll(async () => {
    folder.write('powershell.ps1', (await folder.mustRun(['completion', 'powershell'])).stdout);
  });

  test('completes commands, options and values, and files elsewhere', () => {
    expect(offer('rnn tr')).toEqual(['train']);
    expect(offer('rnn tag --min')).toEqual(['--min-confidence']);
    expect(offer('rnn train --cell ')).toEqual(['elman', 'gru', 'lstm', 'feedforward']);
    expect(offer('rnn train cor')).toEqual([expect.stringMatching(/corpus\.conll$/)]);
  });
});

test('the script for PowerShell quotes all texts, and closes what it opens', async () => {
  const { stdout } = await folder.mustRun(['completion', 'powershell']);
  const code = stdout.replace(/'(?:[^']|'')*'/g, "''").replace(/"[^"]*"/g, '""');
  for (const [opening, closing] of ['{}', '()', '[]'])
    expect(code.split(opening ?? '').length, opening).toBe(code.split(closing ?? '').length);
  expect(code).not.toMatch(/['"](?=[a-z])|--/);
  expect(stdout).toContain(`'tag --to' = @('inline', 'conll', 'jsonl', 'html', 'csv', 'tsv', 'redacted', 'text')`);
});
