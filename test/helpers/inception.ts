import type { TextRange } from '../../src/text/sentence.js';

export const LAYER = 'de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity';

type Features = Readonly<Record<string, string>>;

const OF_SPANS: Features = {
  value: 'uima.cas.String',
  identifier: 'uima.cas.String',
  value_score: 'uima.cas.Double',
  inception_internal_predicted: 'uima.cas.Boolean',
};

/** The type system of a project with one layer. */
export function typeSystemOf(
  features: Features = OF_SPANS,
  supertype = 'uima.tcas.Annotation',
  more = '',
  layer = LAYER,
): string {
  const described = Object.entries(features).map(
    ([name, range]) =>
      `<featureDescription><name>${name}</name><description/><rangeTypeName>${range}</rangeTypeName></featureDescription>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
  <typeDescription><name>${layer}</name><description/><supertypeName>${supertype}</supertypeName>
    <features>${described.join('')}</features></typeDescription>
  ${more}
</types></typeSystemDescription>`;
}

/** An annotation of a document of a test, with attributes beside its place. */
export interface WrittenAnnotation extends TextRange {
  readonly type?: string;
  /** Whether it is in the index of the document; it is unless it was removed. */
  readonly isMember?: boolean;
  readonly more?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  Token: 'segmentation',
  Sentence: 'segmentation',
  NamedEntity: 'ner',
};

/** A document, as INCEpTION writes one. */
export function xmiOf(text: string, annotations: readonly WrittenAnnotation[]): string {
  const elements = annotations.map(
    ({ type = 'NamedEntity', start, end, more = '' }, index) =>
      `<${TYPES[type] ?? 'ner'}:${type} xmi:id="${index + 10}" sofa="1" begin="${start}" end="${end}" ${more}/>`,
  );
  const members = annotations.flatMap(({ isMember = true }, index) => (isMember ? [index + 10] : []));
  const escaped = text.replace(/[&<>"\t\r\n]|[^\0-\uffff]/gu, (character) => `&#${character.codePointAt(0)};`);
  return `<?xml version="1.0" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
  xmlns:segmentation="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"
  xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmi:version="2.0">
  <cas:NULL xmi:id="0"/>
  ${elements.join('\n  ')}
  <cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="${escaped}"/>
  <cas:View sofa="1" members="${members.join(' ')}"/>
</xmi:XMI>`;
}

/** Tokens at spaces, and sentences at line breaks. */
export function segmentsOf(text: string): WrittenAnnotation[] {
  const segments = (pattern: RegExp, type: string) =>
    [...text.matchAll(pattern)].map((found) => ({ type, start: found.index, end: found.index + found[0].length }));
  return [...segments(/\S+/g, 'Token'), ...segments(/[^\n]+/g, 'Sentence')];
}

/** An annotation of the first occurrence of some words in a text. */
export function annotate(text: string, words: string, label: string | undefined, more = ''): WrittenAnnotation {
  const start = text.indexOf(words);
  const value = label === undefined ? '' : `value="${label}"`;
  return { start, end: start + words.length, more: `${value} ${more}` };
}

export const METADATA = {
  layer: LAYER,
  feature: 'value',
  projectId: 1,
  anchoringMode: 'tokens',
  crossSentence: false,
};

export function predictRequest(xmi: string, changed: object = {}, typeSystem = typeSystemOf()): object {
  return {
    metadata: { ...METADATA, range: { begin: 0, end: 1 }, ...changed },
    document: { xmi, documentId: 42, userId: 'anna' },
    typeSystem,
  };
}

export function trainRequest(documents: readonly string[], changed: object = {}): object {
  return {
    metadata: { ...METADATA, ...changed },
    documents: documents.map((xmi, index) => ({ xmi, documentId: 42 + index, userId: 'anna' })),
    typeSystem: typeSystemOf(),
  };
}

const CHARACTERS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** The suggestions in a document, and the ids in its index. */
export function readSuggestions(xmi: string): { suggestions: string[]; members: string[]; text: string } {
  const elements = xmi.match(/<layer:[^>]*>/g) ?? [];
  const attribute = (element: string, name: string): string =>
    new RegExp(` ${name}="([^"]*)"`).exec(element)?.[1] ?? '';
  const text = attribute(xmi, 'sofaString').replace(/&(?:#(\d+)|(\w+));/g, (_, code, name) =>
    code === undefined ? (CHARACTERS[name] ?? '') : String.fromCodePoint(Number(code)),
  );
  return {
    text,
    members: attribute(xmi.slice(xmi.indexOf('<cas:View')), 'members').split(' '),
    suggestions: elements.map((element) => {
      const [start, end] = [Number(attribute(element, 'begin')), Number(attribute(element, 'end'))];
      return `${attribute(element, 'value')} ${text.slice(start, end)}`;
    }),
  };
}
