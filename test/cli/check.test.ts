import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => {
  folder.write('names.conll', NAMES);
  folder.write('slip.conll', 'Anna B-PER\nleft O\n\nin O\nRome I-LOC\n\nBob\n\n');
  folder.write('spans.jsonl', '{"text":"In Londoners.","spans":[{"start":3,"end":9,"label":"LOC"}]}\n');
  folder.write('list.json', '[["Anna left", {"entities": [[0, 4, "PER"]]}]]\n');
  folder.write('names.conll.gz', gzipSync(NAMES));
  folder.makeFolder('folder');
});

test.concurrent('warnings exit 0, with statistics, the place of each finding, and what to do', async () => {
  const { stdout, stderr } = await folder.mustRun(['check', 'names.conll', '--dev', 'names.conll']);
  expect(stderr).toBe('');
  expect(stdout).toMatch(/^ +train +dev\ndocuments +1 +1\nsentences +3 +3\n/);
  expect(stdout).toContain('\nwarning shared-sentence (3): sentences of dev or test that are also in another part\n');
  expect(stdout).toContain('\n  names.conll:1: "Anna Smith lives in London ." as in line 1\n');
  expect(stdout).toMatch(/\n0 errors, \d+ warnings, 0 notes\n$/);
});

test.concurrent('errors exit 3, the check having gone on after the first', async () => {
  const { stdout, exitCode } = await folder.rnn(['check', 'slip.conll']);
  expect(exitCode).toBe(3);
  expect(stdout).toContain('\n  slip.conll:5: I-LOC of "Rome", expected B-LOC\n');
  expect(stdout).toContain('\n  slip.conll:7: expected 2 columns, found 1: "Bob"\n');
});

test.concurrent('--json is one object, with all places where --all says so', async () => {
  folder.write('many.conll', 'a\tO\n \n'.repeat(9));
  const placesOf = async (...args: string[]): Promise<unknown[]> => {
    const { stdout } = await folder.mustRun(['check', 'many.conll', '--json', ...args]);
    expect(stdout).toMatch(/^\{.*\}\n$/);
    const { findings, hasErrors, statistics } = JSON.parse(stdout);
    expect(hasErrors).toBe(false);
    expect(statistics.train).toMatchObject({ sentences: 9, tokens: 9, labels: {} });
    const finding = findings.find(({ kind }: { kind: string }) => kind === 'white-separator');
    expect(finding).toMatchObject({ severity: 'warning', count: 9, files: [{ file: 'many.conll', count: 9 }] });
    return finding.files[0].places;
  };
  expect(await placesOf()).toHaveLength(3);
  expect(await placesOf('--all')).toHaveLength(9);
  const { stdout } = await folder.mustRun(['check', 'many.conll']);
  expect(stdout).toContain('\n  ... and 6 more in many.conll\n');
});

describe.concurrent('--repair', () => {
  test('writes what is certain, says what it did, and what is left', async () => {
    const { stderr, exitCode } = await folder.rnn(['check', 'slip.conll', '--repair', 'mended.conll']);
    expect(exitCode).toBe(3);
    expect(folder.read('mended.conll')).toBe('Anna B-PER\nleft O\n\nin O\nRome B-LOC\n\nBob\n\n');
    expect(stderr).toContain('wrote mended.conll, repaired:\n  ill-formed-tag (1): ');
    expect(stderr).toMatch(/left to repair by hand:\n {2}wrong-columns \(1\): .*, first mended\.conll:7\n$/);
  });

  test('what no repair mends in JSON lines is not promised, and shifted spans are listed', async () => {
    const records = [
      ['The \u0007 rang.', 0, 3],
      ['\u{1f600} Ada left.', 3, 6],
    ] as const;
    const lines = records.map(([text, start, end]) =>
      JSON.stringify({
        text,
        spans: [{ start, end, label: 'X' }, ...(start === 3 ? [{ start: 7, end: 9, label: 'Y' }] : [])],
      }),
    );
    folder.write('bell.jsonl', `${lines.join('\n')}\n`);
    const { stdout, stderr } = await folder.mustRun(['check', 'bell.jsonl', '--repair', 'same.jsonl']);
    expect(stdout).toMatch(
      /warning control-character .*\n.*\n {2}-> remove the characters; --repair does in columns\n/,
    );
    expect(stdout).toMatch(/warning offset-in-token .*\n.*\n {2}-> .*--offsets codepoints if emoji stand before it/);
    expect(stderr).toMatch(
      /^wrote same\.jsonl unchanged: .*\nleft to repair by hand:\n {2}offset-in-token \(1\): .*:2\n$/,
    );
  });

  test('mends records of text in place', async () => {
    const input =
      '{"text": "Anna left", "spans": [{"start": 0, "end": 5, "label": "PER", "note": 1}]}\n{"text": "x", "spans": []}\n';
    const { stdout, stderr } = await folder.mustRun(['check', '-', '--repair', '-'], { input });
    expect(stdout).toBe(
      '{"text":"Anna left","spans":[{"start":0,"end":4,"label":"PER","note":1}]}\n{"text": "x", "spans": []}\n',
    );
    expect(stderr).toContain('wrote stdin, repaired:\n  span-edge (1): '.replace('stdin', 'stdin'));
  });

  test('exits 0 where no error is left', async () => {
    const input = 'Rome I-LOC\n\nOslo B-LOC\n';
    const { stdout } = await folder.mustRun(['check', '-', '--repair', '-', '--quiet'], { input });
    expect(stdout).toBe('Rome B-LOC\n\nOslo B-LOC\n');
    await folder.mustRun(['check', '-', '--repair', 'one.conll', '--json'], { input });
  });

  test.each([
    [['names.conll', 'slip.conll', '--repair', 'x.conll'], '--repair writes one corpus'],
    [['names.conll', '--repair', 'names.conll'], 'names.conll is both read and written'],
    [['names.conll', '--repair', '-', '--json'], '--json and --repair - both want stdout'],
    [['list.json', '--repair', 'x.conll'], '--repair mends columns, and JSON lines of texts with spans'],
  ])('is wrong usage: %j', async (args, message) => {
    const { stderr, exitCode } = await folder.rnn(['check', ...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`rnn: ${message}`);
    expect(folder.names()).not.toContain('x.conll');
  });
});

test.concurrent.each([
  ['missing.conll', 'missing.conll: no such file'],
  ['folder', 'folder: it is a folder'],
])('a file that cannot be read at all is refused: %s', async (file, message) => {
  const { stdout, stderr, exitCode } = await folder.rnn(['check', file]);
  expect(exitCode).toBe(3);
  expect(stdout).toBe('');
  expect(stderr).toContain(`rnn: ${message}`);
});

test.concurrent('other formats and gzip are read', async () => {
  expect((await folder.mustRun(['check', 'spans.jsonl'])).stdout).toContain('\nwarning offset-in-token (1): ');
  expect((await folder.mustRun(['check', 'names.conll.gz'])).stdout).toMatch(/\ntokens +15\n/);
});

test.concurrent('files of Universal NER are read as the other commands read them', async () => {
  const sentence = '# text = Ada left\n1\tAda\tB-PER\tO\tada\n2\tleft\tO\tO\tada\n\n';
  folder.write('uner.iob2', sentence.repeat(3));
  const { stdout } = await folder.mustRun(['check', 'uner.iob2', '--from', 'iob2']);
  expect(stdout).toMatch(/\nentities +3\n {2}PER +3\n/);
  const converted = await folder.mustRun(['convert', 'uner.iob2', '--from', 'iob2', '--to', 'conll']);
  expect(converted.stdout).toBe('Ada\tB-PER\nleft\tO\n\n'.repeat(3));
  const repaired = await folder.mustRun(['check', 'uner.iob2', '--from', 'iob2', '--repair', '-']);
  expect(repaired.stdout).toBe(sentence.repeat(3));
});

test.concurrent('--strict exits 3 on warnings, and not on notes', async () => {
  folder.write('note.conll', '#tag\tO\n\n');
  expect((await folder.rnn(['check', 'names.conll', '--strict'])).exitCode).toBe(3);
  expect((await folder.mustRun(['check', 'note.conll', '--strict'])).stdout).toContain('0 warnings, 1 note\n');
  const { stdout, exitCode } = await folder.rnn(['check', 'names.conll', '--strict', '--json']);
  expect(exitCode).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ hasErrors: false });
});

test.concurrent('kinds are counted with three places each, entities first, and what is usual is a note', async () => {
  const rejected = '{"text":"Bob","spans":[],"answer":"reject"}\n'.repeat(9);
  const accepted = (text: string, spans: string): string => `{"text":"${text}","spans":[${spans}],"answer":"accept"}\n`;
  const cut = accepted('In Londoners.', '{"start":3,"end":9,"label":"LOC"}');
  folder.write('one.jsonl', `${accepted('-', '').repeat(5)}${cut.repeat(2)}${rejected}`);
  folder.write('two.jsonl', cut.repeat(3) + accepted('', ''));
  const { stdout } = await folder.mustRun(['check', 'one.jsonl', 'two.jsonl']);
  const kinds = [...stdout.matchAll(/^(warning|note) ([a-z-]+) \(([\d,]+)\)/gm)].map((match) =>
    match.slice(1).join(' '),
  );
  expect(kinds).toEqual([
    'warning offset-in-token 5',
    'warning rare-label 1',
    'warning duplicate-sentence 4',
    'note repeated-sentence 4',
    'note empty-record 1',
    'note skipped-record 9',
  ]);
  expect(stdout).toMatch(
    /\n {2}one\.jsonl:6: .*\n {2}one\.jsonl:7: .*\n {2}two\.jsonl:1: .*\n {2}\.\.\. and 2 more in 2 files\n/,
  );
  const json = await folder.mustRun(['check', 'one.jsonl', 'two.jsonl', '--json']);
  const [first] = JSON.parse(json.stdout).findings;
  expect(first.files.map(({ places }: { places: unknown[] }) => places.length)).toEqual([2, 3]);
});

test.concurrent('a corpus of 60,000 labels is checked and listed', { timeout: 90_000 }, async () => {
  folder.write('labels.conll', Array.from({ length: 60_000 }, (_, index) => `w${index}\tB-L${index}\n\n`).join(''));
  const { stdout } = await folder.mustRun(['check', 'labels.conll']);
  expect(stdout).toMatch(/\n {2}L59999 +1\n/);
  expect(stdout).toContain('\nwarning rare-label (60,000): ');
});

test.concurrent('documents of brat are read', async () => {
  folder.makeFolder('brat');
  folder.write('brat/one.txt', 'Anna left Rome.\n');
  folder.write('brat/one.ann', 'T1\tPER 0 4;10 14\tAnna Rome\n');
  const { stdout, exitCode } = await folder.rnn(['check', 'brat']);
  expect(exitCode).toBe(3);
  expect(stdout).toContain('\nerror discontinuous-span (1): ');
});

test.concurrent('two slips among 23,499 entities of IOB1 are warnings with their lines, and turn nothing round', async () => {
  const sentence = (index: number): string =>
    `Ada${index % 97}\tI-PER\nflew\tO\nto\tO\nRome${index % 89}\t${index === 5 || index === 900 ? 'B-MISC' : 'I-LOC'}\n\n`;
  const text = Array.from({ length: 11_749 }, (_, index) => sentence(index)).join('');
  folder.write('iob1.conll', `${text}Rome\tI-LOC\n\n`);
  const { stdout, exitCode } = await folder.rnn(['check', 'iob1.conll']);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('warning scheme-slip (2): ');
  expect(stdout).toContain('iob1.conll:29: B-MISC of "Rome5", expected I-MISC');
  expect(stdout).toContain('iob1.conll:4504: B-MISC of "Rome10", expected I-MISC');
  expect(stdout).not.toContain('ill-formed');
});
