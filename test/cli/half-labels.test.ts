import { beforeAll, describe, expect, test } from 'vitest';
import { BY_HEART, Folder, NAMES, SMALL } from '../helpers/cli.js';

const folder = new Folder();

beforeAll(() => {
  folder.write('half.conll', NAMES.replace('Paris\tB-LOC', 'Paris\t?').replace('closed\tO', 'closed\t?'));
  folder.write('people.conll', NAMES.replaceAll('B-LOC', 'O'));
  folder.write('places.conll', NAMES.replaceAll(/[BI]-PER/g, 'O'));
});

describe.concurrent('tags that are not known', () => {
  test('train with the others, count in no score, and this is said once', async () => {
    const args = ['train', 'half.conll', '--dev', 'half.conll', '--test', 'half.conll', '-o', 'half.json', ...SMALL];
    const { stdout, stderr } = await folder.mustRun([...args, '--decoder', 'crf']);
    expect(stderr.match(/have no known tag/g)).toHaveLength(3);
    expect(stderr).toContain(
      'half.conll: 2 of 15 tokens have no known tag: nothing is learnt from them, and they count in no score\n',
    );
    expect(stdout).toContain('3 sentences, 13 tokens');
  });

  test('leave a softmax the tags that are known', async () => {
    await folder.mustRun(['train', 'half.conll', '--dev', 'half.conll', '-o', 'softmax.json', ...BY_HEART]);
    const { stdout } = await folder.mustRun(['eval', 'half.conll', '-m', 'softmax.json', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ tokens: 13, accuracy: 1, gold: 3, correct: 3, predicted: 3 });
  });

  test('give the same bytes whatever the number of threads', async () => {
    const args = ['train', 'half.conll', '--dev', 'half.conll', '--labels-of', 'half.conll=PER', '--epochs', '2'];
    for (const workers of ['1', '2'])
      await folder.mustRun([
        ...args,
        '--hidden',
        '8',
        '--clusters',
        'none',
        '--workers',
        workers,
        '-o',
        `${workers}.json`,
      ]);
    expect(folder.readBytes('1.json').equals(folder.readBytes('2.json'))).toBe(true);
  });

  test('can be plain tags, if they are named', async () => {
    folder.write('plain.conll', 'time\tNOUN\nflies\tVERB\nlike\t_\nan\tDET\narrow\tNOUN\n\n'.repeat(3));
    const named = ['--unknown-tag', '_'];
    const args = ['train', 'plain.conll', '--dev', 'plain.conll', '-o', 'plain.json', ...named, ...SMALL];
    await folder.mustRun(args);
    const inspected = await folder.mustRun(['inspect', '-m', 'plain.json', '--json']);
    expect(JSON.parse(inspected.stdout).tags).toEqual(['DET', 'NOUN', 'VERB']);
    const { stdout } = await folder.mustRun(['eval', 'plain.conll', '-m', 'plain.json', '--json', ...named]);
    expect(JSON.parse(stdout)).toMatchObject({ tokens: 12 });
  });

  test('go through JSON lines and back', async () => {
    await folder.mustRun(['convert', 'half.conll', '--to', 'jsonl', '-o', 'half.jsonl']);
    expect(JSON.parse(folder.read('half.jsonl').split('\n')[1] ?? '')).toMatchObject({
      text: 'Bob Jones left Paris .',
      spans: [{ label: 'PER', start: 0, end: 9 }],
      unlabelled: [{ start: 15, end: 20 }],
    });
    const { stdout } = await folder.mustRun(['convert', 'half.jsonl', '--to', 'conll']);
    expect(stdout).toBe(folder.read('half.conll'));
  });

  test('are told where a format does not hold them', async () => {
    const { stderr } = await folder.mustRun(['convert', 'half.conll', '--to', 'bracket']);
    expect(stderr).toContain(
      'half.conll:8: bracket does not store what is not labelled; it counts as in no entity there',
    );
  });

  test('are no mistakes for rnn check, which tells where they are', async () => {
    const { stdout, exitCode } = await folder.rnn(['check', 'half.conll']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/tokens whose tag is not known/);
    expect(stdout).not.toMatch(/neither the outside tag/);
  });

  test('have another name, which must be there', async () => {
    folder.write('other.conll', folder.read('half.conll').replaceAll('?', '_'));
    const args = ['--unknown-tag', '_', '--to', 'jsonl'];
    const { stdout } = await folder.mustRun(['convert', 'other.conll', ...args]);
    expect(stdout).toContain('"unlabelled":[{"start":15,"end":20}]');
    const { stderr } = await folder.mustRun(['train', 'people.conll', '--unknown-tag', '_', '-o', 'm.json', ...SMALL]);
    expect(stderr).toContain('warning: people.conll: no token has the tag _ of --unknown-tag');
  });

  test('are left out of scored pairs', async () => {
    folder.write('pairs.conll', 'Ada B-PER B-PER\nmet ? B-LOC\nBob B-PER O\n');
    const { stdout, stderr } = await folder.mustRun(['eval', '--pairs', 'pairs.conll', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ tokens: 2, gold: 2, predicted: 1, correct: 1 });
    expect(stderr).toContain('pairs.conll: 1 token');
  });
});

describe.concurrent('--labels-of', () => {
  const both = ['train', 'people.conll', 'places.conll', '-o', 'both.json'];

  test('learns from each corpus the labels that it has', async () => {
    const args = ['--labels-of', 'people.conll=PER', '--labels-of', 'places.conll=LOC'];
    folder.write('names.conll', NAMES);
    const { stderr } = await folder.mustRun([...both, ...args, '--dev', 'names.conll', ...BY_HEART]);
    expect(stderr).toContain('people.conll: LOC not annotated: 11 of 15 tokens may be in such an entity\n');
    const { stdout } = await folder.mustRun(['eval', 'names.conll', '-m', 'both.json', '--json']);
    expect(JSON.parse(stdout).f1).toBe(1);
  });

  test.each([
    [['poeple.conll=PER'], '--labels-of poeple.conll: no corpus of that name is read', 'did you mean people.conll?'],
    [['people.conll=PRE'], '--labels-of people.conll: no entity has the label PRE', 'did you mean PER?'],
    [['people.conll=PER', 'people.conll=LOC'], '--labels-of names people.conll twice', 'put its labels in one'],
    [['people.conll'], 'expected a file and labels', ''],
  ])('%j is refused', async (given, message, hint) => {
    const flags = given.flatMap((each) => ['--labels-of', each]);
    const { stderr, exitCode } = await folder.rnn([...both, ...flags, ...SMALL]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(hint);
  });

  test('an entity of a label that it leaves out counts, and is told', async () => {
    const { stderr } = await folder.mustRun([...both, '--labels-of', 'people.conll=LOC', ...SMALL]);
    expect(stderr).toContain('people.conll: entities of PER, which --labels-of does not name, count as labelled');
  });
});

describe.concurrent('a checkpoint keeps what was annotated', () => {
  const files = ['train', 'people.conll', 'places.conll', '--dev', 'people.conll'];
  const given = ['--labels-of', 'people.conll=PER', '--labels-of', 'places.conll=LOC'];

  test('and rnn inspect shows it', async () => {
    await folder.mustRun([...files, ...given, '-o', 'shown.json', ...SMALL]);
    const { stdout } = await folder.mustRun(['inspect', '-m', 'shown.json']);
    expect(stdout).toMatch(
      /^train {2}6 sentences.*\n.*\n {7}PER alone annotated in the file of sha256 [0-9a-f]{64}\n {7}LOC alone .*\n {7}24 tokens of which/m,
    );
    const { annotation } = JSON.parse((await folder.mustRun(['inspect', '-m', 'shown.json', '--json'])).stdout);
    expect(annotation).toMatchObject({ files: [{ labels: ['PER'] }, { labels: ['LOC'] }], unknown: 24 });
  });

  test('and rnn eval leaves out of scores what was not annotated, whatever the file is called', async () => {
    folder.write('renamed.conll', NAMES.replaceAll('B-LOC', 'O'));
    await folder.mustRun([...files, ...given, '-o', 'scored.json', ...BY_HEART]);
    const { stdout, stderr } = await folder.mustRun(['eval', 'renamed.conll', '-m', 'scored.json', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ gold: 2, tokens: 4, precision: 1 });
    expect(stderr).toContain('renamed.conll: LOC not annotated');
    expect(stderr).toContain('renamed.conll: scores count only what is labelled');
  });

  test('and --resume refuses other labels where the training had ended', async () => {
    await folder.mustRun([...files, ...given, '-o', 'ended.json', ...SMALL]);
    const again = await folder.mustRun([...files, ...given, '-o', 'ended.json', '--resume', ...SMALL]);
    expect(again.stderr).toContain('ended.json is finished');
    const other = await folder.rnn([...files, ...given.slice(2), '-o', 'ended.json', '--resume', ...SMALL]);
    expect([other.exitCode, other.stderr]).toEqual([
      3,
      expect.stringMatching(/--labels-of: was [0-9a-f]{16}=PER [0-9a-f]{16}=LOC, now [0-9a-f]{16}=LOC$/m),
    ]);
  });

  test('in part, which rnn eval of the same corpus knows', async () => {
    const args = ['train', 'people.conll', '--dev', 'people.conll', '-o', 'part.json', ...SMALL, '--decoder', 'crf'];
    await folder.mustRun([...args, '--partial']);
    const { stdout } = await folder.mustRun(['inspect', '-m', 'part.json']);
    expect(stdout).toContain('       any entity may be unmarked (--partial)\n       11 tokens of which');
    const scored = await folder.mustRun(['eval', 'people.conll', '-m', 'part.json', '--json']);
    expect(JSON.parse(scored.stdout)).toMatchObject({ tokens: 4 });
    const other = await folder.mustRun(['eval', 'half.conll', '-m', 'part.json', '--json']);
    expect(JSON.parse(other.stdout)).toMatchObject({ tokens: 13 });
    const { exitCode, stderr } = await folder.rnn([...args, '--resume']);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('--partial: was true, now not set')]);
  });

  test('but says nothing where all was', async () => {
    await folder.mustRun(['train', 'people.conll', '--dev', 'people.conll', '-o', 'whole-labels.json', ...SMALL]);
    expect(JSON.parse(folder.read('whole-labels.json'))).not.toHaveProperty('annotation');
  });
});

describe.concurrent('--partial', () => {
  test('takes what is in no entity for not known, and says so', async () => {
    const args = ['train', 'people.conll', '--dev', 'people.conll', '--partial', '-o', 'partial.json', ...SMALL];
    const { stderr } = await folder.mustRun([...args, '--decoder', 'crf']);
    expect(stderr).toContain('--partial: 11 of 15 tokens are in no entity, and may be in one that is not marked\n');
    expect(stderr).not.toContain('scores count only');
  });

  test('says that dev which is held out of it is scored in part', async () => {
    const { stderr } = await folder.mustRun(['train', 'people.conll', '--partial', '-o', 'held.json', ...SMALL]);
    expect(stderr).toMatch(/^dev: scores count only what is labelled, and leave out \d of \d tokens$/m);
  });

  test('--outside-rate without it is refused', async () => {
    const { stderr, exitCode } = await folder.rnn(['train', 'people.conll', '--outside-rate', '0.3', ...SMALL]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--outside-rate is about --partial')]);
  });
});

describe.concurrent('what cannot be meant is refused:', () => {
  test.each([
    [['--partial', '--labels-of', 'people.conll=PER'], '--partial and --labels-of exclude each other'],
    [['--dictionary-dropout', '0.5'], '--dictionary-dropout is about dictionaries, and there is none'],
  ])('%j', async (args, words) => {
    const { exitCode, stderr } = await folder.rnn(['train', 'people.conll', ...args, '-o', 'refused.json', ...SMALL]);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  test('a corpus in which no tag is known', async () => {
    folder.write('none.conll', 'Ann\t?\nleft\t?\n\nBob\t?\n\n');
    const { exitCode, stderr } = await folder.rnn(['train', 'none.conll', '-o', 'refused.json', ...SMALL]);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('none.conll: no token has a known tag')]);
    expect(folder.names()).not.toContain('refused.json');
  });

  test('labels of a corpus that is kept', async () => {
    const args = ['--init-from', 'whole.json', '--keep', 'places.conll', '--labels-of', 'places.conll=LOC'];
    await folder.mustRun(['train', 'people.conll', 'places.conll', '-o', 'whole.json', ...SMALL]);
    const { exitCode, stderr } = await folder.rnn(['train', 'people.conll', ...args, '-o', 'refused.json']);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('count as annotated in the corpus of --keep')]);
  });
});

test('convert writes a tag that is not known as it was written', async () => {
  folder.write('marks.conll', 'a\tNOUN\nb\t?\nc\tUNK\n\n');
  const args = ['convert', 'marks.conll', '--to', 'conll', '--unknown-tag', 'UNK'];
  expect((await folder.mustRun(args)).stdout).toBe('a\tNOUN\nb\t?\nc\tUNK\n\n');
});
