import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentenceOf, type TagWishes } from '../../src/model/tagger.js';
import { numbersOf } from '../../src/text/cut-tokens.js';
import { tokenize } from '../../src/text/tokenizer.js';
import { setWeights } from '../helpers/networks.js';
import { drawModel, taggerOf } from '../helpers/small-model.js';

/** A model whose tags depend on the word alone: all weights 0 but a table that says which tag a word gets. */
function wordBound(tagOf: Readonly<Record<string, string>>) {
  const words = Object.keys(tagOf);
  const tags = ['B-LOC', 'B-PER', 'I-LOC', 'I-PER', 'O'];
  const model = drawModel({ words, tags, settings: { hidden: tags.length } });
  const K = tags.length;
  const [table, output] = [new Array((words.length + 1) * K).fill(0), new Array(K * K).fill(0)];
  for (const [index, word] of words.entries()) table[(index + 1) * K + tags.indexOf(tagOf[word])] = 3;
  for (const tag of tags.keys()) output[tag * K + tag] = 4;
  const bias = tags.map((tag) => (tag === 'O' ? 1 : 0));
  setWeights(model.network, { 'input.form': table, 'output.weights': output, 'output.bias': bias });
  return model;
}

const model = wordBound({ Ada: 'B-PER', Lovelace: 'I-PER', London: 'B-LOC', Nova: 'B-LOC', 𝔖cotia: 'I-LOC' });
const tagger = taggerOf(model);

function tagAs(wishes: TagWishes, ...texts: string[]) {
  const tagged = tagger.tag(
    texts.map((text) => ({ text, ...numbersOf(tokenize(text)) })),
    wishes,
  );
  return tagged.map((each) => sentenceOf(each, model.language.scheme));
}

const tag = (...texts: string[]) => tagAs({ confidence: true }, ...texts);

describe('tag', () => {
  test('gives tokens their tags and spans their place in the text', () => {
    const [{ text, tokens, spans }] = tag('So Ada  Lovelace left London.');
    expect(text).toBe('So Ada  Lovelace left London.');
    expect(tokens.map(({ text, tag }) => `${text}/${tag}`)).toEqual([
      'So/O',
      'Ada/B-PER',
      'Lovelace/I-PER',
      'left/O',
      'London/B-LOC',
      './O',
    ]);
    expect(spans).toEqual([
      { label: 'PER', start: 3, end: 16, text: 'Ada  Lovelace', confidence: expect.any(Number) },
      { label: 'LOC', start: 22, end: 28, text: 'London', confidence: expect.any(Number) },
    ]);
  });

  test('counts offsets in UTF-16 units, past characters of two', () => {
    const [{ spans }] = tag('🎻🎻 Nova 𝔖cotia !');
    expect(spans).toMatchObject([{ label: 'LOC', start: 5, end: 17, text: 'Nova 𝔖cotia' }]);
  });

  test('cuts every span and token out of the text where it says', () => {
    const pieces = fc.constantFrom('Ada', 'Lovelace', 'London', 'left', ' ', '  ', '🎻', '.', '\t', '(', 'é');
    fc.assert(
      fc.property(fc.array(fc.array(pieces, { maxLength: 15 })), (drawn) => {
        for (const { text, tokens, spans } of tag(...drawn.map((parts) => parts.join('')))) {
          for (const piece of [...tokens, ...spans]) expect(text.slice(piece.start, piece.end)).toBe(piece.text);
          for (const { confidence = 0 } of spans) expect(confidence > 0 && confidence <= 1).toBe(true);
        }
      }),
    );
  });

  test('leaves out spans that are less probable than asked for, and their tags', () => {
    const [{ spans }] = tag('Ada Lovelace left London');
    const [first, second] = spans.map(({ confidence = 0 }) => Number(confidence.toFixed(4))) as [number, number];
    const kept = (minConfidence: number) => tagAs({ minConfidence }, 'Ada Lovelace left London')[0];
    expect(kept(0).spans).toEqual(spans);
    expect(kept(Math.min(first, second)).spans).toHaveLength(2);
    const sure = kept(Math.max(first, second) + 0.0001);
    expect([sure.spans, sure.tokens.map(({ tag }) => tag)]).toEqual([[], ['O', 'O', 'O', 'O']]);
  });

  test('keeps blank texts, one result each', () => {
    expect(tag('', 'Ada', '  ').map(({ text, tokens, spans }) => [text, tokens.length, spans.length])).toEqual([
      ['', 0, 0],
      ['Ada', 1, 1],
      ['  ', 0, 0],
    ]);
    expect(tag()).toEqual([]);
  });
});
