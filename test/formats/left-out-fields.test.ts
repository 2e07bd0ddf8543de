import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ReaderOptions } from '../../src/formats/format.js';
import { formatNamed } from '../../src/formats/formats.js';
import { readAs } from '../helpers/corpus-readers.js';

const EXTRA = { note: 'check this', source: 'Times', url: '', tags_of_reader: [], meta: {} };
const RECORDS: readonly (readonly [format: string, record: unknown])[] = [
  ['jsonl', { id: 1, document: 'a', text: 'Ada', tokens: [{ text: 'Ada', start: 0, end: 3 }], spans: [], ...EXTRA }],
  ['prodigy', { text: 'Ada', spans: [], answer: 'accept', ...EXTRA }],
  ['doccano', { id: 1, text: 'Ada', label: [[0, 3, 'PER']], ...EXTRA }],
  ['spacy', ['Ada', { entities: [[0, 3, 'PER']], ...EXTRA }]],
  ['tokens', { id: '0', document: 'a', tokens: ['Ada'], tags: ['B-PER'], ...EXTRA }],
];

test.each(RECORDS)(
  'fields of %s that hold something and are not kept are named with their counts, if somebody wants to know',
  (name, record) => {
    const read = (namesFields: boolean) =>
      readAs(formatNamed(name), `${JSON.stringify(record)}\n`, { namesFields }).issues;
    expect(read(true)).toEqual([
      {
        kind: 'left out',
        place: 'corpus:1',
        what: 'texts, tokens and spans are converted, and ids where the format holds them; left out: "note" (1), "source" (1)',
      },
    ]);
    expect(read(false)).toEqual([]);
  },
);

test('an id of a list of tokens is named unless it is the number of its record', () => {
  const lines = ['0', '1', 'x', 3].map((id) => `${JSON.stringify({ id, tokens: ['a'], tags: ['O'] })}\n`).join('');
  const [issue] = readAs(formatNamed('tokens'), lines, { namesFields: true }).issues;
  expect([issue?.place, issue?.what.replace(/^.*; /, '')]).toEqual(['corpus:3', 'left out: "id" (1)']);
});

test('of several lists of tags of one record, those that are not read are named', () => {
  const line = `${JSON.stringify({ tokens: ['a'], tags: ['O'], ner_tags: [1], labels: null })}\n`;
  const [issue] = readAs(formatNamed('tokens'), line, { namesFields: true }).issues;
  expect(issue?.what.replace(/^.*; /, '')).toBe('left out: "ner_tags" (1)');
});

/** Returns what reading a file in columns tells to be left out. */
function leftOutOf(format: string, text: string): string[] {
  const { issues } = readAs(formatNamed(format), text, { namesFields: true });
  return issues.map(({ what }) => what.replace('tokens and tags are converted; left out: ', ''));
}

test('columns that hold something are named wherever in a file they do', () => {
  const empty = 'Eve _ - B-PER\n\n';
  fc.assert(
    fc.property(fc.array(fc.constantFrom('_ _', '_ -', 'NNP _', '_ B-NP', '- X'), { maxLength: 9 }), (rows) => {
      const text = empty.repeat(3) + rows.map((row) => `Bob ${row} B-PER\n\n`).join('') + empty.repeat(3);
      const others = [2, 3].filter((column) => rows.some((row) => !/^[_-]$/.test(row.split(' ')[column - 2] ?? '')));
      const told = others.length === 0 ? [] : [`column${others.length === 1 ? '' : 's'} ${others.join(', ')}`];
      expect(leftOutOf('conll', text)).toEqual(told);
    }),
  );
});

test('the number of a token is not named', () => {
  expect(leftOutOf('iob2', '# text = Bob\n1\tBob\tB-PER\t-\t-\n\n1\tEve\tB-PER\t-\t-\n\n')).toEqual([]);
});

test('keys of pairs beside the tag and comments of CoNLL-U are named', () => {
  const row = (pairs: string) => `1\tBob\t_\t_\t_\t_\t_\t_\t_\t${pairs}\n2\tran\t_\t_\t_\t_\t_\t_\t_\t_\n\n`;
  const file = [
    `# newdoc id = a\n# sent_id = 7\n# meta = important\n#\n${row('NER=B-PER|SpaceAfter=No|Gloss=x|Checked')}`,
    `# sent_id = 2\n# meta = x\n# seen by Eve\n# text = Bobran\n${row('NER=B-PER|NE=B-X')}`,
  ];
  expect(leftOutOf('conllu', file.join(''))).toEqual([
    'keys "SpaceAfter", "Gloss", "Checked", "NE"; comments "newdoc id", "sent_id", "meta", "seen by Eve"',
  ]);
});

test('what a file of CoNLL-U says twice is not named: the numbers of its sentences, and spaces that its text shows', () => {
  const row = '1\tBob\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No|NER=B-PER\n2\tran\t_\t_\t_\t_\t_\t_\t_\t_\n\n';
  const sentence = (number: number) => `# sent_id = ${number}\n# text = Bobran\n${row}`;
  expect(leftOutOf('conllu', `# newdoc\n${sentence(1)}${sentence(2)}`)).toEqual([]);
});

const RANGES = [
  '# text = Vámonos al mar',
  '1-2\tVámonos\t_\t_\t_\t_\t_\t_\t_\t_',
  '1\tVamos\t_\t_\t_\t_\t_\t_\t_\tNER=O',
  '2\tnos\t_\t_\t_\t_\t_\t_\t_\tNER=O',
  '2.1\tya\t_\t_\t_\t_\t_\t_\t_\tNER=O',
  '3-4\tal\t_\t_\t_\t_\t_\t_\t_\tNER=B-LOC',
  '3\ta\t_\t_\t_\t_\t_\t_\t_\tNER=O',
  '4\tel\t_\t_\t_\t_\t_\t_\t_\tNER=O',
  '5\tmar\t_\t_\t_\t_\t_\t_\t_\tNER=B-LOC',
];

test('ranges of tokens and empty nodes of CoNLL-U are counted, with the place of the first', () => {
  const isUnlabelled = (line: string) => !line.startsWith('3-4');
  expect(leftOutOf('conllu', `${RANGES.filter(isUnlabelled).join('\n')}\n\n`)).toEqual([
    '1 range of tokens ("1-2" in line 2); 1 empty node ("2.1" in line 5)',
  ]);
  expect(leftOutOf('conllu', `${RANGES.join('\n')}\n\n`.repeat(2))[0]).toBe(
    '4 ranges of tokens (first "1-2" in line 2); 2 empty nodes (first "2.1" in line 5)',
  );
});

test('the tag of a range of tokens is told wherever a corpus is read, unless it is that of no entity', () => {
  const told = (options: ReaderOptions) =>
    readAs(formatNamed('conllu'), `${RANGES.join('\n')}\n\n`.repeat(2), options).issues;
  const what = 'the tag "B-LOC" of the range of tokens "3-4" is left out: only tokens have tags';
  expect(told({})).toEqual([{ kind: 'left out', place: 'corpus:6', what: `${what}; so are those of 1 line like it` }]);
  expect(told({ unknownTag: 'B-LOC' })).toEqual([]);
});

test('of many comments the first twenty are named', () => {
  const comments = Array.from({ length: 100 }, (_, index) => `# ${index} ${'x'.repeat(100)}\n`).join('');
  const [what = ''] = leftOutOf('iob2', `${comments}1\tBob\tB-PER\t-\t-\n\n`);
  expect(what).toMatch(/^comments "0 x{38}…", .*"19 x{37}…", \.\.\.$/);
});
