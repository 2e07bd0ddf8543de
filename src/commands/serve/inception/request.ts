import { badInput } from '../../../errors.js';
import { asObject, field, isObject, type JsonObject } from '../../../formats/json-fields.js';
import { parseJson } from '../../../formats/json-values.js';
import { type CasLayer, IS_SUGGESTION } from '../../../formats/uima-cas.js';
import { UimaTypes } from '../../../formats/uima-types.js';
import { quote } from '../../../text/quote.js';
import { PLACE } from '../request-text.js';

/** A request of INCEpTION: what it is about, and where its documents are. */
export interface InceptionRequest {
  readonly layer: CasLayer;
  /** Whether an annotation of the layer is always one token. */
  readonly isOfSingleTokens: boolean;
  readonly body: JsonObject;
}

/** What a layer is made of whose annotations have a label; all else belongs to relations and chains. */
const [ANNOTATION, STRING] = ['uima.tcas.Annotation', 'uima.cas.String'];

/** The length of the longest name of a layer or feature; messages repeat it. */
const LONGEST_NAME = 200;

/** A name that XML and types can hold. */
const NAME = /^[\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*$/u;

/**
 * Reads what a request of INCEpTION is about
 * (https://inception-project.github.io/releases/latest/docs/developer-guide.html#_external_recommender).
 *
 * @throws {UserError} if it is not as INCEpTION sends it, or no spans with a label can be suggested for its layer
 */
export function readInceptionRequest(text: string): InceptionRequest {
  const body = asObject(parseJson(text, PLACE), 'the request', PLACE);
  const metadata = asObject(field(body, 'metadata'), '"metadata"', PLACE);
  const [type, feature] = [nameIn(metadata, 'layer'), nameIn(metadata, 'feature')];
  const anchoring = field(metadata, 'anchoringMode');
  if (anchoring === 'sentences')
    throw badInput(`${PLACE}: the layer ${type} marks whole sentences, and names are in them`, 'choose another layer');
  const typeSystem = field(body, 'typeSystem');
  if (typeof typeSystem !== 'string')
    throw badInput(`${PLACE}: expected the type system as "typeSystem"`, 'INCEpTION sends it');
  return {
    layer: readLayer(new UimaTypes(typeSystem, '"typeSystem"'), type, feature),
    isOfSingleTokens: anchoring === 'singleToken',
    body,
  };
}

/** A document of a request. */
export interface InceptionDocument {
  /** The id in INCEpTION; the place among the documents if it has none. */
  readonly id: number;
  readonly xmi: string;
}

/**
 * Reads a document of a request.
 *
 * @param index its place among the documents, from 0
 * @throws {UserError} if it is no document
 */
export function readInceptionDocument(value: unknown, index: number): InceptionDocument {
  const named = isObject(value) ? field(value, 'documentId') : undefined;
  const id = typeof named === 'number' ? named : index + 1;
  const xmi = field(asObject(value, `document ${id}`, PLACE), 'xmi');
  if (typeof xmi !== 'string') throw badInput(`${PLACE}: expected the text as "xmi" of document ${id}`, SENDS);
  return { id, xmi };
}

const SENDS = 'INCEpTION sends it';

function nameIn(metadata: JsonObject, name: 'layer' | 'feature'): string {
  const value = field(metadata, name);
  if (typeof value === 'string' && value.length <= LONGEST_NAME && NAME.test(value)) return value;
  throw badInput(`${PLACE}: expected the name of the ${name} as "${name}" of "metadata"`, SENDS);
}

function readLayer(types: UimaTypes, type: string, feature: string): CasLayer {
  const hint = 'choose a layer of spans, and a feature of texts';
  if (!types.has(type)) throw badInput(`"typeSystem": no layer ${type}`, hint);
  const isOfSpans = types.isSubtype(type, ANNOTATION) && types.rangeOf(type, 'Governor') === undefined;
  if (!isOfSpans) throw badInput(`the layer ${type} is no layer of spans`, hint);
  const range = types.rangeOf(type, feature);
  if (range === undefined) throw badInput(`"typeSystem": the layer ${type} has no feature ${feature}`, hint);
  if (!types.isSubtype(range, STRING))
    throw badInput(`the feature ${feature} of the layer ${type} holds ${quote(range)}, and labels are texts`, hint);
  if (types.rangeOf(type, IS_SUGGESTION) === undefined)
    throw badInput(`"typeSystem": the layer ${type} has no ${IS_SUGGESTION}, which marks suggestions`, SENDS);
  const hasScore = types.rangeOf(type, `${feature}_score`) !== undefined;
  return { types: types.withSubtypes(type), type, feature, hasScore };
}
