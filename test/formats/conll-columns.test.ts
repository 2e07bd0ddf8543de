import { describe, expect, test } from 'vitest';
import type { ConllColumns } from '../../src/formats/conll.js';
import { readConll } from '../helpers/conll.js';

function read(text: string, columns: ConllColumns = {}, needsTags = true): string[] {
  return readConll(text, { source: 'corpus', needsTags, ...columns }).map(({ tokens, tags }) =>
    tokens.map((token, index) => `${token}/${tags[index]}`).join(' '),
  );
}

const NUMBERED = `# newdoc id = n01
# sent_id = n01-1
# text = Não há.
1\tNão\tO\t-\tanna
2-3\thá-se\t_\t_\t_
2\thá\tB-PER\t-\tanna
3\tse\tI-PER\t-\tanna
3.1\tnada\t_\t_\t_
# in the middle
4\t#\tO\t-\tanna

# newdoc id = n02
1\tSim\tB-LOC\t-\tanna

# sent_id = n02-2
1\tFim\tO\t-\tanna
`;

describe('the columns that are read', () => {
  test('are the first and the last', () => {
    expect(read('U.N. NNP I-NP I-ORG\nofficial NN I-NP O\n')).toEqual(['U.N./I-ORG official/O']);
  });

  test('are others where told, counted from 1', () => {
    const text = '0\tU.N.\tNNP\tI-ORG\n0\tofficial\tNN\tO\n';
    expect(read(text, { tokenColumn: 2 })).toEqual(['U.N./I-ORG official/O']);
    expect(read(text, { tokenColumn: 2, tagColumn: 3 })).toEqual(['U.N./NNP official/NN']);
    expect(read(text, { tokenColumn: 4, tagColumn: 1 })).toEqual(['I-ORG/0 O/0']);
    expect(read(text, { tagColumn: 3 })).toEqual(['0/NNP 0/NN']);
  });
});

describe('a file whose lines begin with the number of the token', () => {
  test('has its token second, comments, ranges and empty nodes left out', () => {
    expect(read(NUMBERED, { tagColumn: 3 })).toEqual(['Não/O há/B-PER se/I-PER #/O', 'Sim/B-LOC', 'Fim/O']);
  });

  test('has the tag where the only column of tags is, though some are not known', () => {
    expect(read('1\tOi\tB-PER\tx\n2\tAna\t?\ty\n')).toEqual(['Oi/B-PER Ana/?']);
    expect(read('1\tOi\t?\tx\n2\tAna\tO\ty\n')).toEqual(['Oi/? Ana/O']);
  });

  test('has the tag last where that can only be the third column', () => {
    expect(read('# text = Oi\n1\tOi\tB-PER\n')).toEqual(['Oi/B-PER']);
  });

  test('has the tag in the one column that holds nothing but tags in the first sentence', () => {
    expect(read(NUMBERED)).toEqual(read(NUMBERED, { tagColumn: 3 }));
  });

  test('has the tag among the pairs of the last of ten columns', () => {
    const row = (number: number, token: string, misc: string) => `${number}\t${token}${'\t_'.repeat(7)}\t${misc}\n`;
    const text = row(1, 'Anna', 'SpaceAfter=No|NER=B-PER') + row(2, ',', '_') + row(3, 'hm', 'ner=O');
    expect(read(text)).toEqual(['Anna/B-PER ,/O hm/O']);
    expect(read(text, { tagColumn: 10 })).toEqual(['Anna/B-PER ,/O hm/O']);
  });

  test('must be told where the tag stands where no column shows it, or two do', () => {
    for (const tags of ['NN\t-', 'O\tO'])
      expect(() => read(`1\tOi\t${tags}\n2\tde\t${tags}\n`)).toThrow(
        'lines are numbered and have 4 columns: which one',
      );
  });

  test('may name its columns in the first line, as CoNLL-U Plus does', () => {
    const text = '# global.columns = FORM LEMMA CONLL:NER\n# text = a\nAnna\tAnna\tB-PER\n#\t#\tO\n';
    expect(read(text)).toEqual(['Anna/B-PER #/O']);
    expect(read('# global.columns = ID FORM NER MISC\n1\tAnna\tB-PER\t_\n')).toEqual(['Anna/B-PER']);
  });

  test('has the text that its comments say', () => {
    const [sentence] = readConll('# text = Oi, Ana\n1\tOi\tO\n', { source: 'corpus', needsTags: true });
    expect(sentence?.text).toBe('Oi, Ana');
  });

  test('has the token where it is told to be', () => {
    expect(read(NUMBERED, { tokenColumn: 5, tagColumn: 2 })[1]).toBe('anna/Sim');
  });

  test('begins a document at each "# newdoc"', () => {
    const sentences = readConll(NUMBERED, { source: 'corpus', needsTags: true, tagColumn: 3 });
    expect(sentences.map(({ document }) => document)).toEqual([0, 1, 1]);
    expect(sentences.map(({ line }) => line)).toEqual([4, 13, 16]);
  });

  test('begins none where "# newdoc" marks a batch of annotation by its number', () => {
    const documentsWith = (name: string): (number | undefined)[] => {
      const text = NUMBERED.replace(/id = n/g, `id = ${name}`);
      return readConll(text, { source: 'corpus', needsTags: true, tagColumn: 3 }).map(({ document }) => document);
    };
    expect(documentsWith('batch-00')).toEqual([0, 0, 0]);
    expect(documentsWith('batch-report')).toEqual([0, 1, 1]);
  });

  test.each([
    ['a range', '1-2\tOi\t_\n1\tOi\tO\n'],
    ['an empty node', '0.1\tEu\t_\n1\tOi\tO\n'],
    ['a comment with nothing in it', '#\n1\tOi\tO\n'],
    ['CRLF and a byte-order mark', '\uFEFF# text = Oi\r\n1\tOi\tO\r\n'],
  ])('is known as one when it begins with %s', (_, text) => {
    expect(read(text)).toEqual(['Oi/O']);
  });

  test('is not meant where the second token is no number, nor where the token is said to stand first', () => {
    expect(read('1 CD O\nParis NNP B-LOC\n')).toEqual(['1/O Paris/B-LOC']);
    expect(read('1 CD O\n2 CD O\n', { tokenColumn: 1 })).toEqual(['1/O 2/O']);
  });

  test('is not meant where two columns begin with the token 1', () => {
    expect(read('1 B-NUM\n# O\n')).toEqual(['1/B-NUM #/O']);
  });
});

describe('a file that needs no tags', () => {
  test('may have a token a line', () => {
    expect(read('Anna\nsings\n\nBye\n', {}, false)).toEqual(['Anna/ sings/', 'Bye/']);
  });

  test('may have tags all the same', () => {
    expect(read('Anna\tB-PER\nsings\tO\n', {}, false)).toEqual(['Anna/B-PER sings/O']);
    expect(read('Anna\t\nsings\t\n', {}, false)).toEqual(['Anna/ sings/']);
  });

  test('must have them where their column is named', () => {
    expect(() => read('Anna\n', { tagColumn: 2 }, false)).toThrow('corpus:1: expected a token and its tag');
  });
});
