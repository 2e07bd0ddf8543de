import { describe, expect, test } from 'vitest';
import { answerQuestions } from '../../../../src/commands/serve/answers.js';
import { RecordTagger } from '../../../../src/tagging/record-tagger.js';
import {
  annotate,
  LAYER,
  predictRequest,
  readSuggestions,
  segmentsOf,
  typeSystemOf,
  type WrittenAnnotation,
  xmiOf,
} from '../../../helpers/inception.js';
import { drawModel } from '../../../helpers/small-model.js';

const tagger = new RecordTagger(drawModel({ seed: 3 }));

function ask(request: unknown, by = tagger) {
  const body = [new TextEncoder().encode(typeof request === 'string' ? request : JSON.stringify(request))];
  const { bytes, parts } = answerQuestions(
    { tagger: by, version: 'rnn-1' },
    [{ kind: 'inception', body }],
    Number.POSITIVE_INFINITY,
  );
  return { status: parts[0].status, tokens: parts[0].tokens, answer: JSON.parse(new TextDecoder().decode(bytes)) };
}

const TEXT = '😀 Ada lives\nin London , Ada';
const document = (...annotations: readonly WrittenAnnotation[]) => xmiOf(TEXT, [...segmentsOf(TEXT), ...annotations]);

/** What `rnn tag` finds in each sentence, tokens given. */
function foundBy(by: RecordTagger): { label: string; text: string; tags: string[] }[] {
  return TEXT.split('\n').flatMap((line) => {
    const [tagged] = by.tag([line.split(' ')], {});
    if (!('spans' in tagged)) throw new Error('not tagged');
    return tagged.spans.map(({ label, text }) => ({ label, text, tags: [] }));
  });
}

describe('suggestions', () => {
  test('are those of rnn tag for the tokens of each sentence, in the place of those before', () => {
    const old = annotate(TEXT, 'lives', 'OLD', 'inception_internal_predicted="true"');
    const gold = annotate(TEXT, 'Ada', 'PER');
    const { status, tokens, answer } = ask(predictRequest(document(old, gold)));
    expect([status, tokens]).toEqual([200, 7]);
    const { suggestions, members, text } = readSuggestions(answer.document);
    expect(text).toBe(TEXT);
    const expected = foundBy(tagger).map(({ label, text: words }) => `${label} ${words}`);
    expect(expected.length).toBeGreaterThan(3);
    expect(suggestions).toEqual(expected);
    // Seven tokens, two sentences and the annotation of a person.
    expect(members).toHaveLength(10 + expected.length);
  });

  test('are of one token each where the layer is', () => {
    const { answer } = ask(predictRequest(document(), { anchoringMode: 'singleToken' }));
    const expected = foundBy(tagger).flatMap(({ label, text }) => text.split(' ').map((word) => `${label} ${word}`));
    expect(readSuggestions(answer.document).suggestions).toEqual(expected);
  });

  test('are the tags of all tokens where these mark no names', () => {
    const plain = new RecordTagger(drawModel({ tags: ['DT', 'NN'], scheme: { name: 'plain', outside: undefined } }));
    const { answer } = ask(predictRequest(document(), { anchoringMode: 'singleToken' }), plain);
    const { suggestions } = readSuggestions(answer.document);
    expect(suggestions.map((each) => each.replace(/^(?:DT|NN) /, ''))).toEqual(TEXT.split(/\s/));
    expect(answer.document).not.toContain('value_score');
  });

  test('go to the layer and the feature that the request names, of a project with types of its own', () => {
    const types = typeSystemOf(
      { 'der Name': 'uima.cas.String', Größe: 'a.Sizes', inception_internal_predicted: 'uima.cas.Boolean' },
      'a.Base',
      '<typeDescription><name>a.Base</name><supertypeName>uima.tcas.Annotation</supertypeName></typeDescription>' +
        '<typeDescription><name>a.Sizes</name><supertypeName>uima.cas.String</supertypeName></typeDescription>',
      'webanno.custom.Größen',
    );
    const { status, answer } = ask(
      predictRequest(document(), { layer: 'webanno.custom.Größen', feature: 'Größe' }, types),
    );
    expect(status).toBe(200);
    expect(answer.document).toMatch(/<layer:Größen xmlns:layer="http:\/\/\/webanno\/custom.ecore"[^>]* Größe="PER"/);
  });

  test('of a document without words are none', () => {
    const { status, answer } = ask(predictRequest(xmiOf(' \n', [])));
    expect([status, readSuggestions(answer.document).suggestions]).toEqual([200, []]);
  });
});

const relation = { Governor: 'uima.tcas.Annotation', Dependent: 'uima.tcas.Annotation', value: 'uima.cas.String' };

test.each<readonly [request: unknown, message: string]>([
  ['no JSON', 'expected JSON'],
  ['[]', 'expected an object as the request'],
  [{}, 'expected an object as "metadata"'],
  [predictRequest(document(), { layer: undefined }), 'expected the name of the layer'],
  [predictRequest(document(), { layer: 'a"><b' }), 'expected the name of the layer'],
  [predictRequest(document(), { layer: 'a'.repeat(201) }), 'expected the name of the layer'],
  [predictRequest(document(), { feature: 5 }), 'expected the name of the feature'],
  [predictRequest(document(), { feature: 'a b' }), 'expected the name of the feature'],
  [predictRequest(document(), { layer: 'a.Other' }), 'no layer a.Other'],
  [predictRequest(document(), { feature: 'other' }), 'has no feature other'],
  [predictRequest(document(), { feature: 'value_score' }), 'holds "uima.cas.Double", and labels are texts'],
  [predictRequest(document(), { anchoringMode: 'sentences' }), 'marks whole sentences'],
  [predictRequest(document(), {}, ''), '"typeSystem": expected XML'],
  [predictRequest(document(), {}, typeSystemOf(relation)), 'is no layer of spans'],
  [predictRequest(document(), {}, typeSystemOf(undefined, 'uima.cas.AnnotationBase')), 'is no layer of spans'],
  [predictRequest(document(), {}, typeSystemOf({ value: 'uima.cas.String' })), 'has no inception_internal_predicted'],
  [{ ...predictRequest(document()), typeSystem: 5 }, 'expected the type system'],
  [{ ...predictRequest(document()), document: undefined }, 'expected an object as document 1'],
  [{ ...predictRequest(document()), document: { documentId: 7 } }, '"xmi" of document 7'],
  [predictRequest('<a/>'), 'document 42: expected <xmi:XMI>'],
  [predictRequest(`<!DOCTYPE a [<!ENTITY b "c">]>${document()}`), 'document 42: XML with a document type is refused'],
  [predictRequest(document().replace('?>', '?><!DOCTYPE a [<!ENTITY b "c">]>')), 'document type is refused'],
  [predictRequest(xmiOf('some text', [])), 'has a text, but no tokens'],
  [predictRequest(xmiOf('a '.repeat(600_000), [{ type: 'Token', start: 0, end: 1_100_000 }])), 'over 1 MB'],
  ['['.repeat(10_000), 'nested'],
])('a request that is not as it should be is refused: %#', (request, message) => {
  const { status, answer } = ask(request);
  expect(answer.error).toContain(message);
  expect(status).toBe(400);
  expect(`${answer.hint}`).not.toContain('--');
});

test('the layer may be that of the tokens', () => {
  const type = 'de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token';
  const types = typeSystemOf(undefined, undefined, '', type);
  expect(LAYER).not.toBe(type);
  const { answer } = ask(predictRequest(document(), { layer: type }, types));
  expect(readSuggestions(answer.document).suggestions.length).toBeGreaterThan(3);
});
