import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { BINARY, Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();
const SPANS =
  '{"text":"Anna Smith lives in London.","spans":[{"start":0,"end":10,"label":"PER"},{"start":20,"end":26,"label":"LOC"}]}\n';
const COLUMNS = 'Anna\tB-PER\nSmith\tI-PER\nlives\tO\nin\tO\nLondon\tB-LOC\n.\tO\n\n';

beforeAll(() => {
  folder.write('names.conll', NAMES);
  folder.write('spans.jsonl', SPANS);
  folder.write(
    'names.txt',
    '[Anna Smith](PER) lives in [London](LOC) .\n[Bob Jones](PER) left [Paris](LOC) .\nThe bank closed .\n',
  );
});

describe.concurrent('rnn convert', () => {
  test('reads what it finds out and writes what it is told', async () => {
    expect((await folder.mustRun(['convert', 'spans.jsonl', '--to', 'conll'])).stdout).toBe(COLUMNS);
    expect((await folder.mustRun(['convert', 'names.txt', '--to', 'conll'])).stdout).toBe(NAMES);
    expect((await folder.mustRun(['convert', '-', '--to', 'bracket'], { input: NAMES })).stdout).toBe(
      folder.read('names.txt'),
    );
  });

  test('spells tags in the scheme that is asked for', async () => {
    const { stdout } = await folder.mustRun(['convert', 'names.conll', '--to', 'conll', '--scheme', 'bioes']);
    expect(stdout.split('\n').slice(0, 5)).toEqual([
      'Anna\tB-PER',
      'Smith\tE-PER',
      'lives\tO',
      'in\tO',
      'London\tS-LOC',
    ]);
    const back = await folder.mustRun(['convert', '-', '--to', 'conll', '--scheme', 'iob2'], { input: stdout });
    expect(back.stdout).toBe(NAMES);
  });

  test.each([
    ['bio', NAMES],
    ['BIO', NAMES],
    ['Bilou', NAMES.replace('I-PER', 'L-PER').replace('I-PER', 'L-PER').replaceAll('B-LOC', 'U-LOC')],
  ])('knows schemes by their other names, in capitals too: %s', async (scheme, expected) => {
    const { stdout } = await folder.mustRun(['convert', 'names.conll', '--to', 'conll', '--scheme', scheme]);
    expect(stdout).toBe(expected);
  });

  test.each(['docbin', 'conll', 'bracket'])(
    'tells records that %s has no place for, and does not count them',
    async (to) => {
      const input = `${SPANS}{"text":"","spans":[]}\n{"text":"   ","spans":[]}\n`;
      const { stderr } = await folder.mustRun(['convert', '-', '--to', to, '-o', `empty.${to}`], { input });
      expect(stderr).toMatch(/^stdin:2: the text holds no token; left out\nstdin:3: .*\nconverted 1 record to /);
    },
  );

  test('tells empty lists of tokens, and does not count them', async () => {
    const input = '{"tokens":["Ada"],"tags":["B-PER"]}\n{"tokens":[],"tags":[]}\n';
    const { stdout, stderr } = await folder.mustRun(['convert', '-', '--to', 'conll'], { input });
    expect(stdout).toBe('Ada\tB-PER\n\n');
    expect(stderr).toMatch(/^stdin:2: the list of tokens is empty; left out\nconverted 1 record;/);
  });

  test('says once a file that docbin holds no white space but single spaces', async () => {
    const input = '{"text":"Harry slept","spans":[]}\n{"text":"  Harry   slept  ","spans":[]}\n'.repeat(2);
    const { stderr } = await folder.mustRun(['convert', '-', '--to', 'docbin', '-o', 'spaces.spacy'], { input });
    expect(stderr).toMatch(/^stdin:2: docbin stores no white space but single spaces .*\nconverted 4 records to /);
  });

  test('says once a file that token boundaries are not held', async () => {
    const input = `a-b+c.\tO\nx\tO\n\n`.repeat(3);
    const { stderr } = await folder.mustRun(['convert', '-', '--to', 'spacy'], { input });
    expect(stderr).toMatch(
      /^stdin:1: spacy does not store where tokens and sentences end; .*\nconverted 3 records; 1 thing /,
    );
  });

  test.each(['spacy', 'label-studio'])('says once a file that %s does not hold documents', async (format) => {
    const input = 'Anna\tO\n\n-DOCSTART-\tO\n\nBob\tO\n\nleft\tO\n\n';
    const { stderr } = await folder.mustRun(['convert', '-', '--to', format], { input });
    const message = `stdin:5: ${format} does not store which document a text belongs to; left out`;
    expect(stderr.split('\n')).toEqual([message, expect.stringContaining('converted 3 records; 1 thing'), '']);
  });

  test('counts rejected records instead of listing each, behind what concerns entities', async () => {
    const rejected = '{"text":"Bob","spans":[],"answer":"reject"}\n'.repeat(40);
    const overlapping =
      '{"text":"Ada L","spans":[{"start":0,"end":5,"label":"X"},{"start":0,"end":3,"label":"X"}],"answer":"accept"}\n';
    const { stderr } = await folder.mustRun(['convert', '-', '--to', 'conll'], { input: `${rejected}${overlapping}` });
    expect(stderr).toBe(
      [
        'stdin:41: X "Ada" (0 to 3) overlaps X (0 to 5); left out',
        '40 records do not belong to the corpus:',
        ...[1, 2, 3].map((line) => `  stdin:${line}: the answer is "reject"; left out`),
        '  ... and 37 more',
        'converted 1 record; 41 things could not be held as they were, listed above',
        '',
      ].join('\n'),
    );
  });

  test('says once a file which columns are left out, and nothing of columns that hold nothing', async () => {
    const told = async (input: string, ...args: string[]) =>
      (await folder.mustRun(['convert', '-', '--to', 'conll', ...args], { input })).stderr;
    const input = 'Anna NNP B-NP B-PER\nsings VBZ B-VP O\n\n';
    expect(await told(input)).toMatch(
      /^stdin:1: tokens and tags are converted; left out: columns 2, 3\nconverted 1 record;/,
    );
    expect(await told(input, '--tag-column', '2')).toContain('left out: columns 3, 4\n');
    const { stdout: conllu } = await folder.mustRun(['convert', '-', '--to', 'conllu', '-q'], { input });
    expect(await told(conllu)).toBe('converted 1 record\n');
    const withRange = conllu.replace(/^1\t/m, '1-2\tAnnasings\t_\t_\t_\t_\t_\t_\t_\t_\n1\t');
    expect(await told(withRange)).toContain('converted; left out: 1 range of tokens ("1-2" in line 3)\n');
  });

  test('tells of folders in a folder of brat', async () => {
    for (const name of ['nested/more', 'nested/empty']) mkdirSync(folder.at(name), { recursive: true });
    for (const name of ['nested/a', 'nested/more/b', 'nested/empty/c.x']) {
      folder.write(`${name}.txt`, 'Anna');
      if (!name.includes('empty')) folder.write(`${name}.ann`, 'T1\tPER 0 4\tAnna\n');
    }
    const { stdout, stderr } = await folder.mustRun(['convert', 'nested', '--to', 'conll']);
    expect(stdout).toBe('Anna\tB-PER\n\n');
    expect(stderr).toMatch(/^nested\/more: a folder in the folder; its documents are left out: name it as well\n/);
  });

  test('tells of folders of brat at any depth and of linked ones, each once', async () => {
    for (const name of ['deep/sub/more', 'elsewhere']) mkdirSync(folder.at(name), { recursive: true });
    for (const name of ['deep/a', 'deep/sub/more/b', 'elsewhere/c']) {
      folder.write(`${name}.txt`, 'Anna');
      folder.write(`${name}.ann`, 'T1\tPER 0 4\tAnna\n');
    }
    symlinkSync(folder.at('elsewhere'), folder.at('deep/sub/linked'));
    symlinkSync(folder.at('deep/sub/more'), folder.at('deep/again'));
    symlinkSync(folder.at('deep'), folder.at('deep/sub/circle'));
    symlinkSync(folder.at('nowhere'), folder.at('deep/broken'));
    const { stderr } = await folder.mustRun(['convert', 'deep', '--to', 'conll']);
    const told = [...stderr.matchAll(/^ *(\S+): a folder in the folder;/gm)].map(([, path]) => path);
    expect(told).toEqual(['deep/sub/linked', 'deep/sub/more']);
  });

  test.each([
    ['before each document', '-DOCSTART-\tO\n\nAnna\tO\n\n-DOCSTART-\tO\n\nBob\tO\n\nleft\tO\n\n'],
    ['before one document', '-DOCSTART-\tO\n\nAnna\tO\n\nBob\tO\n\n'],
    ['between documents', 'Anna\tO\n\n-DOCSTART-\tO\n\nBob\tO\n\n'],
    ['nowhere', 'Anna\tO\n\nBob\tO\n\n'],
  ])('keeps marks of documents where they stand, and makes up none: %s', async (_, input) => {
    expect((await folder.mustRun(['convert', '-', '--to', 'conll'], { input })).stdout).toBe(input);
    for (const format of ['conllu', 'iob2', 'tokens', 'jsonl']) {
      const { stdout } = await folder.mustRun(['convert', '-', '--to', format], { input });
      expect((await folder.mustRun(['convert', '-', '--to', 'conll'], { input: stdout })).stdout, format).toBe(input);
    }
  });

  test('numbers the documents over all files', async () => {
    const { stdout } = await folder.mustRun(['convert', 'spans.jsonl', 'names.conll', '--to', 'conll', '-q']);
    expect(stdout).toBe(`${COLUMNS}-DOCSTART-\tO\n\n${NAMES}`);
  });

  test('lists on stderr, with file and line, what cannot be held, and counts it', async () => {
    folder.write(
      'overlap.jsonl',
      `${SPANS}{"text":"New York","spans":[{"start":0,"end":8,"label":"LOC"},{"start":4,"end":8,"label":"X"}]}\n`,
    );
    const { stderr, stdout } = await folder.mustRun(['convert', 'overlap.jsonl', '--to', 'tokens']);
    expect(stderr).toBe(
      'overlap.jsonl:2: X "York" (4 to 8) overlaps LOC (0 to 8); left out\nconverted 2 records; 1 thing could not be held as it was, listed above\n',
    );
    expect(stdout).toContain('"tags":["B-LOC","I-LOC"]');
    expect((await folder.mustRun(['convert', 'overlap.jsonl', '--to', 'tokens', '-q'])).stderr).toBe('');
  });

  test('writes a folder of brat, and reads it by its name, a file of it and its documents', async () => {
    await folder.mustRun(['convert', 'names.conll', '--to', 'brat', '-o', 'brat']);
    expect(folder.read('brat/document-0001.ann')).toBe(
      'T1\tPER 0 10\tAnna Smith\nT2\tLOC 20 26\tLondon\nT3\tPER 29 38\tBob Jones\nT4\tLOC 44 49\tParis\n',
    );
    for (const name of ['brat', 'brat/document-0001.ann', 'brat/document-0001.txt'])
      expect((await folder.mustRun(['convert', name, '--to', 'conll'])).stdout, name).toBe(NAMES);
  });

  test('leaves a folder of brat as it was where the work fails, or is killed', async () => {
    await folder.mustRun(['convert', 'names.conll', '--to', 'brat', '-o', 'kept']);
    const before = ['txt', 'ann'].map((ending) => folder.read(`kept/document-0001.${ending}`));
    const after = (): string[] => ['txt', 'ann'].map((ending) => folder.read(`kept/document-0001.${ending}`));
    const texts = '{"text":"Bob left.","spans":[{"start":0,"end":3,"label":"PER"}]}\n'.repeat(100);
    folder.write('cut-later.jsonl', `${texts}{"text":`);
    expect((await folder.rnn(['convert', 'cut-later.jsonl', '--to', 'brat', '-o', 'kept'])).exitCode).toBe(3);
    expect([after(), readdirSync(folder.at('kept')).length]).toEqual([before, 2]);

    const args = [BINARY, 'convert', '-', '--from', 'jsonl', '--to', 'brat', '-o', 'kept'];
    const child = spawn(process.execPath, args, { cwd: folder.path, stdio: ['pipe', 'ignore', 'ignore'] });
    child.stdin.on('error', () => {});
    child.stdin.write(texts.repeat(60)); // more than what is read before the first document
    await vi.waitUntil(() => readdirSync(folder.at('kept')).length > 20, { timeout: 60_000 });
    child.kill('SIGKILL');
    await once(child, 'close');
    expect(after()).toEqual(before);
    await folder.mustRun(['convert', 'names.conll', '--to', 'brat', '-o', 'kept']);
    expect(readdirSync(folder.at('kept')).sort()).toEqual(['document-0001.ann', 'document-0001.txt']);
  });

  test('tells of texts in a folder of brat that have no annotations', async () => {
    await folder.mustRun(['convert', 'names.conll', '--to', 'brat', '-o', 'alone']);
    for (const name of ['a', 'b', 'c', 'd']) folder.write(`alone/${name}.txt`, 'Bob left.\n');
    const message =
      'alone/a.txt:1: 4 .txt files have no .ann file beside them; left out (alone/a.txt, alone/b.txt, alone/c.txt, ...)';
    for (const args of [
      ['convert', 'alone', '--to', 'conll'],
      ['vocab', 'alone'],
    ])
      expect((await folder.mustRun(args)).stderr.replace(/\s+/g, ' ')).toContain(message);
    expect((await folder.rnn(['check', 'alone'])).stdout.replace(/\s+/g, ' ')).toContain(
      '4 .txt files have no .ann file beside them',
    );
  });

  test('cuts text that is in no token into tokens and says so, as train and check do', async () => {
    folder.write(
      'uncovered.jsonl',
      '{"text":"Anna met Bob","tokens":[{"text":"Anna","start":0,"end":4},{"text":"Bob","start":9,"end":12}],"spans":[{"start":0,"end":4,"label":"PER"}]}\n',
    );
    const message = 'uncovered.jsonl:1: a piece of text is in no token; cut into tokens';
    const { stdout, stderr } = await folder.mustRun(['convert', 'uncovered.jsonl', '--to', 'conll']);
    expect(stdout).toBe('Anna\tB-PER\nmet\tO\nBob\tO\n\n');
    expect(stderr).toContain(message);
    expect((await folder.mustRun(['vocab', 'uncovered.jsonl'])).stderr.replace(/\s+/g, ' ')).toContain(message);
    expect((await folder.rnn(['check', 'uncovered.jsonl'])).stdout).toContain('warning uncovered-text (1): ');
  });

  test('leaves out a label of white space alone, which no reader takes, and says so', async () => {
    const { stdout, stderr } = await folder.mustRun(['convert', '-', '--to', 'jsonl'], {
      input: 'Anna\tB-\u00a0\nleft\tO\n',
    });
    expect(JSON.parse(stdout).spans).toEqual([]);
    expect(stderr).toContain('stdin:1: the tag "B-\u00a0" of "Anna" (token 1) spells no span; left out');
    expect((await folder.mustRun(['convert', '-', '--to', 'conll'], { input: stdout })).stdout).toBe(
      'Anna\tO\nleft\tO\n\n',
    );
  });

  test('turns numbers into tags and back by their names', async () => {
    const names = ['--tag-names', 'O,B-PER,I-PER,B-LOC,I-LOC'];
    const { stdout } = await folder.mustRun(['convert', 'names.conll', '--to', 'tokens', ...names]);
    expect(JSON.parse(stdout.split('\n')[0] as string)).toMatchObject({ ner_tags: [1, 2, 0, 0, 3, 0] });
    expect((await folder.mustRun(['convert', '-', '--to', 'conll', ...names], { input: stdout })).stdout).toBe(NAMES);
    const refused = await folder.rnn(['convert', '-', '--to', 'conll'], { input: stdout });
    expect([refused.exitCode, refused.stderr]).toEqual([3, expect.stringContaining('stdin:1: tags are numbers')]);
  });

  test('leaves the old file where the new one fails', async () => {
    folder.write('old.conll', 'kept O\n');
    folder.write('cut.jsonl', `${SPANS}{"text":`);
    const { exitCode, stderr } = await folder.rnn(['convert', 'cut.jsonl', '--to', 'conll', '-o', 'old.conll']);
    expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/^rnn: cut\.jsonl:2: expected JSON/)]);
    expect(folder.read('old.conll')).toBe('kept O\n');
    expect(folder.names().filter((name) => name.includes('.tmp'))).toEqual([]);
  });

  test('refuses to make names of plain labels, unless it is told what is outside', async () => {
    const { exitCode, stderr } = await folder.rnn(['convert', '-', '--to', 'jsonl'], { input: 'The DT\nbank NN\n' });
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('stdin:1: tags are plain labels')]);
    const marked = await folder.mustRun(['convert', '-', '--to', 'bracket', '--outside', '0'], {
      input: 'Anna 1\nleft 0\n',
    });
    expect(marked.stdout).toBe('[Anna](1) left\n');
  });

  test('writes a tab or a line feed in a token of columns as a space, and says so once', async () => {
    const input = '{"tokens":["New\\tYork","won"],"tags":["B-LOC","O"]}\n{"tokens":["a\\nb"],"tags":["O"]}\n';
    const { stdout, stderr } = await folder.mustRun(['convert', '-', '--to', 'conll'], { input });
    expect(stdout).toBe('New York\tB-LOC\nwon\tO\n\na b\tO\n\n');
    expect(stderr).toMatch(
      /^stdin:1: tabs or line feeds in tokens of 2 sentences are written as spaces \(the next at stdin:2\)\n/,
    );
  });

  test.each(['jsonl', 'label-studio', 'conll'])('says once a file which fields are not in %s', async (to) => {
    const record = { text: 'Ada left', spans: [], note: 'x', url: 'https://example.org' };
    folder.write(`fields-${to}.jsonl`, `${JSON.stringify(record)}\n`.repeat(1200));
    const { stderr } = await folder.mustRun(['convert', `fields-${to}.jsonl`, '--to', to]);
    expect(stderr).toBe(
      `fields-${to}.jsonl:1: texts, tokens and spans are converted, and ids where the format holds them; left out: "note" (1,200), "url" (1,200)\nconverted 1,200 records; 1 thing could not be held as it was, listed above\n`,
    );
  });

  test('refuses a file as the folder for brat', async () => {
    const { exitCode, stderr } = await folder.rnn(['convert', 'names.conll', '--to', 'brat', '-o', 'names.txt']);
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining('names.txt: cannot be written: a file of that name is there'),
    ]);
    expect(folder.read('names.txt')).toContain('[Anna Smith](PER)');
  });

  test('needs a folder for brat', async () => {
    const { exitCode, stderr } = await folder.rnn(['convert', 'names.conll', '--to', 'brat']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('name it with -o')]);
  });
});

describe.concurrent('train, eval and vocab read any format', () => {
  test('and say what they found, and which tokens were cut', async () => {
    folder.write(
      'cut-token.jsonl',
      '{"text":"Londoners left","spans":[{"start":0,"end":6,"label":"LOC"}]}\n'.repeat(4),
    );
    const { stderr, stdout } = await folder.mustRun(['vocab', 'cut-token.jsonl']);
    expect(stderr).toContain('cut-token.jsonl: read as jsonl');
    expect(stderr).toContain('4 tokens were cut where spans begin or end inside them:\n  cut-token.jsonl:1: ');
    expect(stdout).toContain('4 sentences, 12 tokens');
  });

  test('with the same model from the same sentences', async () => {
    const models = await Promise.all(
      ['names.conll', 'names.txt'].map(async (corpus) => {
        const output = `${corpus}.json`;
        await folder.mustRun(['train', corpus, '--dev', corpus, ...SMALL, '-o', output]);
        await folder.mustRun(['eval', 'names.txt', '-m', output, '--from', 'bracket']);
        const { corpora, ...model } = JSON.parse(folder.read(output));
        return model;
      }),
    );
    expect(models[1]).toEqual(models[0]);
  });
});
