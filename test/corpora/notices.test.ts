import { describe, expect, test } from 'vitest';
import {
  illFormedNotice,
  issueNotices,
  labelsOf,
  noEntityNotices,
  unseenLabelsNotice,
} from '../../src/corpora/notices.js';
import type { ConversionIssue, ConversionIssueKind } from '../../src/formats/format.js';
import { describeScheme, type LabelledSentences, type Scheme } from '../../src/text/scheme.js';
import type { Sentence } from '../../src/text/sentence.js';

const IOB2: Scheme = { name: 'iob2', outside: 'O' };
const PARTS_OF_SPEECH: Scheme = { name: 'plain', outside: undefined };

/** Sentences of these tags, the first at line 10, the next at line 20. */
function sentencesOf(...lines: string[]): Sentence[] {
  return lines.map((line, index) => {
    const tags = line.split(' ');
    return { tokens: tags.map(() => 'word'), tags, document: 0, line: 10 * (index + 1) };
  });
}

function labelled(scheme: Scheme, ...lines: string[]): LabelledSentences {
  return { sentences: sentencesOf(...lines), scheme };
}

test.each<[string, Scheme]>([
  ['tags: IOB2 (BIO), outside O', IOB2],
  ['tags: IOB1, outside O', { name: 'iob1', outside: 'O' }],
  ['tags: BIOES, outside _', { name: 'bioes', outside: '_' }],
  ['tags: plain, outside 0', { name: 'plain', outside: '0' }],
  [
    'tags: plain labels, one per token, scored by accuracy (name the outside tag with --outside to score names)',
    PARTS_OF_SPEECH,
  ],
])('a scheme is said as "%s"', (expected, scheme) => {
  expect(describeScheme(scheme)).toBe(expected);
});

describe('ill-formed tags', () => {
  test('are counted, and the first sentence that has one is named', () => {
    const sentences = sentencesOf('O B-PER', 'O I-PER', 'B-PER I-LOC V');
    expect(illFormedNotice('train.conll', sentences, IOB2)).toEqual([
      'warning: train.conll: 3 tags do not follow IOB2 (BIO) (first in the sentence at line 20); read as conlleval reads them, see rnn check',
    ]);
    expect(illFormedNotice('train.conll', sentences.slice(0, 2), IOB2)).toEqual([
      'warning: train.conll: 1 tag does not follow IOB2 (BIO) (first in the sentence at line 20); read as conlleval reads them, see rnn check',
    ]);
  });

  test('are not spoken of where there are none', () => {
    expect(illFormedNotice('train.conll', sentencesOf('O B-PER', 'B-PER I-PER'), IOB2)).toEqual([]);
    expect(illFormedNotice('train.conll', sentencesOf('DT NN', 'I-X'), PARTS_OF_SPEECH)).toEqual([]);
  });
});

describe('sentences without an entity', () => {
  const some = labelled(IOB2, 'O B-PER');
  const none = labelled(IOB2, 'O O', 'O');

  test('teach none, and cannot tell which epoch is best', () => {
    expect(noEntityNotices('a.conll', none, some)).toEqual([
      'warning: a.conll: no entity among the sentences to train on',
    ]);
    expect(noEntityNotices('a.conll', none, none)).toHaveLength(1);
    expect(noEntityNotices('a.conll', some, none)).toEqual([
      'warning: no entity in dev: it cannot tell which epoch is best',
    ]);
  });

  test('are not spoken of where there are entities, or tags that name none', () => {
    expect(noEntityNotices('a.conll', some, some)).toEqual([]);
    expect(noEntityNotices('a.conll', labelled(PARTS_OF_SPEECH, 'DT NN'), labelled(PARTS_OF_SPEECH, 'NN'))).toEqual([]);
  });
});

describe('labels that the model never saw', () => {
  test('are named, in order', () => {
    const train = labelled(IOB2, 'B-PER I-PER', 'O');
    const part = labelled({ name: 'iob1', outside: 'O' }, 'I-PER I-ORG O I-creative-work', 'I-ORG');
    expect(unseenLabelsNotice('test.conll', part, train)).toEqual([
      'warning: test.conll: labels that the model never saw count as missed: ORG, creative-work',
    ]);
  });

  test('are not spoken of where there are none', () => {
    expect(unseenLabelsNotice('x', labelled(IOB2, 'B-PER'), labelled(IOB2, 'B-PER B-LOC'))).toEqual([]);
    expect(unseenLabelsNotice('x', labelled(IOB2, 'O'), labelled(IOB2, 'O'))).toEqual([]);
  });

  test('are tags where tags spell no spans', () => {
    expect([...labelsOf(labelled(PARTS_OF_SPEECH, 'DT NN', 'NN .'))]).toEqual(['DT', 'NN', '.']);
  });
});

describe('what could not be held', () => {
  const issue = (kind: ConversionIssueKind, line: number): ConversionIssue => ({
    kind,
    place: `a:${line}`,
    what: 'so',
  });

  test('is grouped by kind, entities first, with a count and three places', () => {
    const rejected = Array.from({ length: 1871 }, (_, index) => issue('skipped record', index + 1));
    const spans = [1, 2, 3, 4].map((line) => issue('overlapping span', line));
    expect(issueNotices([...rejected, ...spans])).toEqual([
      'warning: 4 spans overlap others and were left out:\n  a:1: so\n  a:2: so\n  a:3: so\n  ... and 1 more',
      '1,871 records do not belong to the corpus:\n  a:1: so\n  a:2: so\n  a:3: so\n  ... and 1,868 more',
    ]);
  });

  test('once is one line', () => {
    expect(issueNotices([issue('label', 7)])).toEqual([
      'warning: 1 label cannot be written and was left out (at a:7: so)',
    ]);
    expect(issueNotices([issue('white-space token', 7)])).toEqual(['a:7: so']);
    expect(issueNotices([issue('left out', 7)])).toEqual(['warning: a:7: so']);
  });
});
