import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReaderOptions } from '../../src/formats/format.js';
import { detectFormat, formatNamed } from '../../src/formats/formats.js';
import type { AnnotatedText } from '../../src/text/sentence.js';
import { readAs, writeAs } from '../helpers/corpus-readers.js';

const labelStudio = formatNamed('label-studio');
const jsonl = formatNamed('jsonl');

/** Reads tasks as an export holds them. */
function read(tasks: readonly unknown[], options: ReaderOptions = {}) {
  const { items, issues } = readAs(labelStudio, JSON.stringify(tasks), options);
  return { texts: items as AnnotatedText[], issues };
}

const labelled = ({ text, spans }: AnnotatedText): string[] =>
  spans.map(({ label, start, end }) => `${label} ${text.slice(start, end)}`);

const HTML = '<h1>News</h1>\n<p>Ada <b>Lovelace</b> met\nBob &amp; Co.</p>';
/** Results of an HTML project as the editor writes them: paths, counts and the text that was shown. */
const PERSON = {
  id: 'a1',
  from_name: 'ner',
  to_name: 'text',
  type: 'hypertextlabels',
  value: {
    start: '/p[1]/text()[1]',
    end: '/p[1]/b[1]/text()[1]',
    startOffset: 0,
    endOffset: 8,
    globalOffsets: { start: 5, end: 17 },
    text: 'Ada Lovelace',
    hypertextlabels: ['PER'],
  },
};
const COMPANY = {
  ...PERSON,
  id: 'a2',
  value: {
    start: '/p[1]/text()[2]',
    end: '/p[1]/text()[2]',
    startOffset: 5,
    endOffset: 13,
    globalOffsets: { start: 22, end: 30 },
    text: 'Bob & Co',
    hypertextlabels: ['ORG'],
  },
};
const task = (data: object, ...result: unknown[]) => ({ id: 7, data, annotations: [{ id: 1, result }] });
const without = (result: typeof PERSON, ...names: string[]) => ({
  ...result,
  value: Object.fromEntries(Object.entries(result.value).filter(([name]) => !names.includes(name))),
});

describe('an HTML project', () => {
  test('has the text that a browser shows, and every label', () => {
    const { texts, issues } = read([task({ text: HTML }, PERSON, COMPANY)]);
    expect(texts[0]?.text).toBe('News\n\nAda Lovelace met Bob & Co.');
    expect(labelled(texts[0] as AnnotatedText)).toEqual(['PER Ada Lovelace', 'ORG Bob & Co']);
    expect(issues).toEqual([]);
  });

  test.each([
    ['counts alone', without(PERSON, 'start', 'end', 'startOffset', 'endOffset')],
    ['paths alone', without(PERSON, 'globalOffsets')],
    ['paths and counts without the text', without(PERSON, 'text')],
    ['an empty text', { ...PERSON, value: { ...PERSON.value, text: '' } }],
    ['counts that are right and paths that are wrong', { ...PERSON, value: { ...PERSON.value, startOffset: 2 } }],
    [
      'paths that are right and counts that are wrong',
      { ...PERSON, value: { ...PERSON.value, globalOffsets: { start: 0, end: 4 } } },
    ],
    [
      'labels of the Labels tag',
      { ...PERSON, type: 'labels', value: { ...PERSON.value, hypertextlabels: undefined, labels: ['PER'] } },
    ],
  ])('is read by %s', (_, result) => {
    const { texts, issues } = read([task({ html: HTML }, result)]);
    expect([labelled(texts[0] as AnnotatedText), issues]).toEqual([['PER Ada Lovelace'], []]);
  });

  test('shown inside the page counts white space before its first element, which the texts of its labels tell', () => {
    const html = `\n  ${HTML}`;
    const inline = { ...PERSON, value: { ...PERSON.value, startOffset: 1, globalOffsets: { start: 8, end: 20 } } };
    expect(labelled(read([task({ text: html }, inline)]).texts[0] as AnnotatedText)).toEqual(['PER Ada Lovelace']);
  });

  test('takes a text with a line break, and one in capitals by its style sheet, for the same', () => {
    const shown = { ...PERSON, value: { ...PERSON.value, globalOffsets: { start: 0, end: 8 }, text: 'NEWS\\n\\nAda' } };
    const { texts } = read([task({ text: HTML }, without(shown, 'start', 'end'))]);
    expect(labelled(texts[0] as AnnotatedText)).toEqual(['PER News\n\nAda']);
  });

  test('leaves out, and tells with its place, a label whose text is not where it should be', () => {
    const wrong = { ...COMPANY, value: { ...COMPANY.value, text: 'Eve' } };
    const nowhere = { ...PERSON, value: { ...PERSON.value, start: '/p[9]', globalOffsets: { start: 90, end: 95 } } };
    const { texts, issues } = read([task({ text: HTML }, wrong, PERSON, nowhere)]);
    expect(labelled(texts[0] as AnnotatedText)).toEqual(['PER Ada Lovelace']);
    expect(issues).toEqual([
      {
        kind: 'span elsewhere',
        place: 'corpus:1 (record 1)',
        what: 'ORG (22 to 30) should be "Eve", but the HTML has "Bob & Co" there; left out',
      },
      {
        kind: 'span elsewhere',
        place: 'corpus:1 (record 1)',
        what: 'PER (90 to 95) should be "Ada Lovelace", but the HTML has no text there; left out',
      },
    ]);
  });

  describe('with an emoji before its labels', () => {
    const html = `<p>🐱🐱</p>${HTML}`;
    const counted = (start: number, text?: string) => ({
      ...PERSON,
      value: { globalOffsets: { start, end: start + 12 }, ...(text && { text }), hypertextlabels: ['PER'] },
    });
    test.each<[string, number, string | undefined, ReaderOptions]>([
      ['UTF-16 units, as --offsets says', 9, undefined, { offsets: 'utf16' }],
      ['code points, as --offsets says', 7, undefined, { offsets: 'codepoints' }],
      ['code points, where nothing says otherwise', 7, undefined, {}],
      ['UTF-16 units, as its texts say', 9, 'Ada Lovelace', {}],
      ['code points, as its texts say', 7, 'Ada Lovelace', {}],
      ['UTF-16 units, as both say', 9, 'Ada Lovelace', { offsets: 'utf16' }],
    ])('is counted in %s', (_, start, text, options) => {
      const { texts, issues } = read([task({ html }, counted(start, text))], options);
      expect([labelled(texts[0] as AnnotatedText), issues]).toEqual([['PER Ada Lovelace'], []]);
    });

    test('has no label where --offsets and the texts contradict each other, and says so', () => {
      const { texts, issues } = read([task({ html }, counted(9, 'Ada Lovelace'))], { offsets: 'codepoints' });
      expect([labelled(texts[0] as AnnotatedText), issues.map(({ kind }) => kind)]).toEqual([[], ['span elsewhere']]);
    });
  });

  test('whose pages are elsewhere is not read, and its address told', () => {
    const { texts, issues } = read([task({ text: 'https://example.org/a.html' }, PERSON)]);
    expect(texts).toEqual([]);
    expect(issues[0]?.what).toBe('the text is not in the file, but at https://example.org/a.html; left out');
  });

  test('is known, and read, as JSON-MIN', () => {
    const tasks = [{ id: 1, html: HTML, ner: [PERSON.value, COMPANY.value], annotator: 1, created_at: '2024-01-01' }];
    expect(detectFormat(JSON.stringify(tasks), 'x')).toBe(labelStudio);
    expect(labelled(read(tasks).texts[0] as AnnotatedText)).toEqual(['PER Ada Lovelace', 'ORG Bob & Co']);
  });

  test('has no tags in its pages without labels, and says that it took them for HTML', () => {
    const { texts, issues } = read([task({ text: '<p>Nobody</p>' })]);
    expect(texts[0]?.text).toBe('Nobody');
    expect(issues[0]?.what).toContain('tags of HTML without labels (1)');
  });
});

const SPAN = { type: 'labels', to_name: 'text', value: { start: 0, end: 3, text: 'Ada', labels: ['PER'] } };

describe('a label that is not where it should be', () => {
  const at = (start: number, end: number, text?: string) => ({
    ...SPAN,
    value: { start, end, ...(text && { text }), labels: ['PER'] },
  });

  test('is left out of a plain text, too, and told with its place; the others are kept', () => {
    const { texts, issues } = read([task({ text: 'Ada met Bob' }, at(4, 7, 'Bob'), SPAN, at(8, 90), at(5, 5))]);
    expect(texts.map(labelled)).toEqual([['PER Ada']]);
    const beyond = 'is not a piece of the text, which has 11 characters; left out';
    expect(issues).toEqual(
      [
        'the span PER from 4 to 7 should be "Bob", but the text has "met" there; left out',
        `the span PER from 8 to 90 ${beyond}`,
        `the span PER from 5 to 5 ${beyond}`,
      ].map((what) => ({ kind: 'span elsewhere', place: 'corpus:1 (record 1)', what })),
    );
  });

  test('does not decide alone what the offsets of the others count', () => {
    const { texts, issues } = read([
      task({ text: '🦋 Ada met Bob' }, at(3, 6, 'Ada'), at(11, 14, 'Bob'), at(0, 2, 'Eve')),
    ]);
    expect(texts.map(labelled)).toEqual([['PER Ada', 'PER Bob']]);
    expect(issues.map(({ what }) => what)).toEqual([
      'the span PER from 0 to 2 should be "Eve", but the text has "🦋" there; left out',
    ]);
  });
});

describe('what is no labelled span', () => {
  test('is left out, and named with its count once a file', () => {
    const others = [
      { type: 'choices', value: { choices: ['good'] } },
      { type: 'rating', value: { rating: 3 } },
      { type: 'textarea', value: { text: ['hm'] } },
      { type: 'relation', from_id: 'a', to_id: 'b' },
      { type: 'rectanglelabels', value: { x: 1, rectanglelabels: ['Car'] } },
      { type: 'labels', value: { start: 0.5, end: 1.5, channel: 0, labels: ['Speech'] } },
    ];
    const tasks = Array.from({ length: 3 }, () => task({ text: 'Ada left' }, SPAN, ...others));
    const { texts, issues } = read([task({ text: 'Ada met Bob' }, SPAN), ...tasks]);
    expect(texts.map(labelled)).toEqual(Array.from({ length: 4 }, () => ['PER Ada']));
    expect(issues).toEqual([
      {
        kind: 'left out',
        place: 'corpus:1 (record 2)',
        what: 'only spans that people labelled are read; left out: choices (3), rating (3), textarea (3), relation (3), rectanglelabels (3), labels of audio (3)',
      },
    ]);
  });

  test('in JSON-MIN is named too', () => {
    const minimal = {
      text: 'Ada left',
      label: [SPAN.value],
      sentiment: { choices: ['good', 'bad'] },
      stars: [{ rating: 3 }],
    };
    const { texts, issues } = read([minimal]);
    expect(labelled(texts[0] as AnnotatedText)).toEqual(['PER Ada']);
    expect(issues[0]?.what).toContain('left out: choices (1), rating (1)');
  });

  test('of a second text is named', () => {
    const second = { ...SPAN, to_name: 'title' };
    const { texts, issues } = read([task({ title: 'Eve', text: 'Ada left' }, SPAN, second)]);
    expect(labelled(texts[0] as AnnotatedText)).toEqual(['PER Ada']);
    expect(issues[0]?.what).toContain('labels of "title", a second text (1)');
  });

  test('because its annotation was cancelled is named', () => {
    const cancelled = { was_cancelled: true, result: [SPAN] };
    const { issues } = read([{ data: { text: 'Ada' }, annotations: [cancelled, { result: [SPAN] }] }]);
    expect(issues[0]?.what).toContain('cancelled annotations (1)');
  });
});

describe('what conversion does not keep is named with its count, if somebody wants to know:', () => {
  const told = (tasks: readonly unknown[]) => {
    expect(read(tasks).issues.filter(({ what }) => what.startsWith('texts, tokens'))).toEqual([]);
    const all = read(tasks, { namesFields: true }).issues.map(({ what }) => what);
    return all.filter((what) => what.startsWith('texts, tokens')).map((what) => what.replace(/^.*; left out: /, ''));
  };

  test('fields of the data and of the task that hold something', () => {
    const data = { text: 'Ada left', source: 'Times', url: null, tags: [] };
    expect(
      told([
        { ...task(data, SPAN), drafts: [], meta: { reviewer: 'Eve' } },
        task(data, SPAN),
        { ...task({ text: 'Eve' }), meta: {}, created_at: '2024-01-01' },
      ]),
    ).toEqual(['"meta" (1), "source" of "data" (2)']);
  });

  test('HTML, and the names of what was labelled with what', () => {
    expect(told([task({ html: HTML }, { ...PERSON, to_name: 'page' }), task({ html: HTML }, COMPANY)])).toEqual([
      'from_name "ner" (2), to_name "page" (1), markup and paths of HTML, whose text is written with spans as labels of plain text (2)',
    ]);
  });

  test('fields of JSON-MIN, choices and ratings among them, but none twice', () => {
    const minimal = { id: 1, text: 'Ada left', ner: [SPAN.value], annotator: 1, created_at: '2024', lead_time: 2.5 };
    const others = { tone: 'good', stars: 3, topics: { choices: ['a', 'b'] }, source: 'Times' };
    expect(told([minimal, { ...minimal, ...others }])).toEqual([
      'from_name "ner" (2), "tone" (1), "stars" (1), "source" (1)',
    ]);
  });

  test('nothing where all is kept', () => {
    expect(told([task({ text: 'Ada left' }, { ...SPAN, from_name: 'label' })])).toEqual([]);
  });
});

describe('the guesses of a model', () => {
  const guess = (start: number, end: number, confidence: number) => ({ start, end, label: 'PER', confidence });
  const tagged = (...spans: object[]) =>
    `${JSON.stringify({ text: 'Ada met Bob', tokens: [{ text: 'Ada', start: 0, end: 3, tag: 'S-PER' }], spans })}\n`;
  const write = (lines: string) => JSON.parse(writeAs(labelStudio, readAs(jsonl, lines).items).text);

  test('become predictions with scores, that of the task the least', () => {
    expect(write(tagged(guess(0, 3, 0.9), guess(8, 11, 0.5)))).toEqual([
      {
        data: { text: 'Ada met Bob' },
        predictions: [
          {
            score: 0.5,
            result: [
              expect.objectContaining({ score: 0.9, value: { start: 0, end: 3, text: 'Ada', labels: ['PER'] } }),
              expect.objectContaining({ score: 0.5, type: 'labels' }),
            ],
          },
        ],
      },
    ]);
  });

  test('that found nothing are no annotation either', () => {
    expect(write(tagged())).toEqual([{ data: { text: 'Ada met Bob' }, predictions: [{ result: [] }] }]);
  });

  const BLANK = '{"text":"","tokens":[],"spans":[]}\n';
  const kinds = (lines: string): string[] =>
    write(lines).map((task: object) => ('predictions' in task ? 'guess' : 'gold'));

  test('of blank records are guesses as the others of the file are, wherever the blank ones stand', () => {
    const gold = '{"text":"Ada","spans":[]}\n';
    const guesses = fc.array(fc.constantFrom(BLANK, BLANK.replace('""', '" "'), tagged(), tagged(guess(0, 3, 0.9))));
    fc.assert(
      fc.property(guesses, guesses, (before, after) => {
        const all = [...before, tagged(), ...after];
        expect(kinds(all.join(''))).toEqual(all.map(() => 'guess'));
        expect(write(all.join('')).map(({ data }: { data: { text: string } }) => data.text)).toEqual(
          all.map((line) => JSON.parse(line).text),
        );
      }),
    );
    expect(kinds(BLANK + gold + BLANK)).toEqual(['gold', 'gold', 'gold']);
    expect(kinds(BLANK + BLANK)).toEqual(['gold', 'gold']);
  });

  test('stand beside what a person added', () => {
    const [both] = write(tagged(guess(0, 3, 0.9), { start: 8, end: 11, label: 'PER' }));
    expect(both.annotations[0].result.map(({ value }: { value: { text: string } }) => value.text)).toEqual(['Bob']);
    expect(both.predictions[0].result.map(({ value }: { value: { text: string } }) => value.text)).toEqual(['Ada']);
  });

  test('keep their confidence in JSON lines', () => {
    const { text } = writeAs(jsonl, readAs(jsonl, tagged(guess(0, 3, 0.9))).items);
    expect(JSON.parse(text).spans).toEqual([{ ...guess(0, 3, 0.9), text: 'Ada' }]);
  });

  test('are what a person says where the record was accepted', () => {
    const accepted = `${JSON.stringify({ text: 'Ada', spans: [guess(0, 3, 0.9)], answer: 'accept' })}\n`;
    const { text } = writeAs(labelStudio, readAs(formatNamed('prodigy'), accepted).items);
    expect(JSON.parse(text)[0]).not.toHaveProperty('predictions');
  });

  test('are not read, and counted, with annotations beside them or without', () => {
    const predictions = [{ result: [SPAN] }];
    const alone = { data: { text: 'Ada left' }, predictions };
    const { texts, issues } = read([alone, { ...alone, annotations: [] }, { ...task({ text: 'Eve' }), predictions }]);
    expect(texts).toMatchObject([{ text: 'Eve', spans: [] }]);
    expect(issues).toEqual([
      {
        kind: 'left out',
        place: 'corpus:1 (record 1)',
        what: 'only spans that people labelled are read; left out: tasks with predictions of a model alone (2), predictions of a model (1)',
      },
    ]);
  });

  test('and gold are told apart, whatever their order', () => {
    const spans = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(spans, (confidences) => {
        const text = 'a '.repeat(confidences.length);
        const record = {
          text,
          spans: confidences.map((confidence, index) => ({
            start: 2 * index,
            end: 2 * index + 1,
            label: 'X',
            confidence,
          })),
        };
        const [written] = write(`${JSON.stringify(record)}\n`);
        const starts = (lists?: { result: { value: { start: number } }[] }[]) =>
          (lists ?? []).flatMap(({ result }) => result.map(({ value }) => value.start / 2));
        const numbers = [...confidences.keys()];
        expect(starts(written.predictions)).toEqual(numbers.filter((index) => confidences[index] !== undefined));
        expect(starts(written.annotations)).toEqual(numbers.filter((index) => confidences[index] === undefined));
      }),
    );
  });
});
