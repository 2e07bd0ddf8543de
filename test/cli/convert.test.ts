import { beforeAll, describe, expect, test } from 'vitest';
import { Folder, NAMES, SMALL } from '../helpers/cli.js';

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

  test('says once a file that token boundaries are not held', async () => {
    const input = `a-b+c.\tO\nx\tO\n\n`.repeat(3);
    const { stderr } = await folder.mustRun(['convert', '-', '--to', 'spacy'], { input });
    expect(stderr).toMatch(
      /^stdin:1: spacy does not store where tokens and sentences end; .*\nconverted 3 records; 1 thing /,
    );
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
