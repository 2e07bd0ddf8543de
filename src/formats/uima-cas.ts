import { badInput } from '../errors.js';
import type { TextRange, TextSpan } from '../text/sentence.js';
import { splitsCharacter } from './text-spans.js';
import { escapeAttribute, readXml, type XmlElement } from './xml-elements.js';

/** A kind of annotations of INCEpTION, and the feature of them that holds their labels. */
export interface CasLayer {
  /** The type of the annotations, and its subtypes. */
  readonly types: ReadonlySet<string>;
  /** The type that new annotations get. */
  readonly type: string;
  readonly feature: string;
  /** Whether there is a feature for the probability of a label. */
  readonly hasScore: boolean;
}

/** An annotation of a layer. */
export interface CasAnnotation extends TextRange {
  /** Undefined if it has no label. */
  readonly label: string | undefined;
  /** Whether a program suggests it, and nobody has accepted it. */
  readonly isSuggestion: boolean;
}

/** Tokens that belong together; what is between them is no token. */
export type CasSentence = readonly TextRange[];

/** A text with its tokens, sentences and annotations, offsets in UTF-16 units: a common analysis structure (CAS) of UIMA. */
export interface Cas {
  readonly text: string;
  /** The tokens of each sentence; tokens that are in none make sentences of their own, from one to the next. */
  readonly sentences: readonly CasSentence[];
  /** The annotations of the layer, in their order in the text. */
  readonly annotations: readonly CasAnnotation[];
  /** Returns the XML with suggestions in the place of those that it had. */
  withSuggestions(suggestions: readonly TextSpan[]): string;
}

const XMI = 'http://www.omg.org/XMI';
const CAS = 'http:///uima/cas.ecore';

/** The feature that tells suggestions. */
export const IS_SUGGESTION = 'inception_internal_predicted';

const SEGMENTATION = 'de.tudarmstadt.ukp.dkpro.core.api.segmentation.type';
const [TOKEN, SENTENCE] = [`${SEGMENTATION}.Token`, `${SEGMENTATION}.Sentence`];

/** An annotation as it is written. */
interface Item extends CasAnnotation {
  readonly id: string;
  readonly sofa: string | undefined;
}

interface Sofa {
  readonly id: string | undefined;
  readonly name: string | undefined;
  readonly text: string;
}

interface View {
  readonly sofa: string | undefined;
  readonly members: readonly string[];
  readonly start: number;
  end: number;
}

interface Found {
  readonly sofas: readonly Sofa[];
  readonly views: readonly View[];
  readonly tokens: readonly Item[];
  readonly sentences: readonly Item[];
  readonly annotations: readonly Item[];
  readonly highestId: number;
  /** Where the last tag of the whole begins. */
  readonly end: number;
}

/**
 * Reads XMI (https://uima.apache.org/d/uimaj-current/ref.html#ugr.ref.xmi), with the tokens and sentences of DKPro Core.
 *
 * @param place what messages call it
 * @throws {UserError} if it is no XMI, it has no text, or what it marks is not in the text
 */
export function readCas(xmi: string, layer: CasLayer, place: string): Cas {
  const found = collect(xmi, layer, place);
  const sofa = chooseSofa(found.sofas, place);
  const { text } = sofa;
  const view = found.views.find((each) => each.sofa === sofa.id);
  const members = new Set(view?.members);
  const inText = (items: readonly Item[]): Item[] => {
    // What was removed may be there still, but is no member.
    const own = items.filter((item) => item.sofa === sofa.id && members.has(item.id));
    for (const item of own) checkRange(item, text, place);
    return own.sort((a, b) => a.start - b.start || b.end - a.end);
  };
  const tokens = inText(found.tokens).filter(({ start, end }) => start < end);
  for (const [index, { start }] of tokens.entries())
    if (start < (tokens[index - 1]?.end ?? 0)) throw badInput(`${place}: two tokens overlap at ${start}`);
  const annotations = inText(found.annotations);
  return {
    text,
    sentences: groupTokens(tokens, inText(found.sentences)),
    annotations,
    withSuggestions(suggestions) {
      const replaced = new Set(annotations.filter(({ isSuggestion }) => isSuggestion).map(({ id }) => id));
      const kept = view?.members.filter((id) => !replaced.has(id)) ?? [];
      const ids = suggestions.map((_, index) => String(found.highestId + 1 + index));
      const added = suggestions.map((each, index) => writeSuggestion(each, String(ids[index]), sofa, layer)).join('');
      const changed = `${added}<cas:View xmlns:cas="${CAS}" sofa="${sofa.id}" members="${[...kept, ...ids].join(' ')}"/>`;
      const [start, end] = view ? [view.start, view.end] : [found.end, found.end];
      return `${xmi.slice(0, start)}${changed}${xmi.slice(end)}`;
    },
  };
}

function collect(xmi: string, layer: CasLayer, place: string): Found {
  const found = {
    sofas: [] as Sofa[],
    views: [] as View[],
    tokens: [] as Item[],
    sentences: [] as Item[],
    annotations: [] as Item[],
    highestId: 0,
    end: 0,
  };
  let open: View | undefined;
  readXml(xmi, place, {
    onOpen(element) {
      const { depth, uri, name, start, end } = element;
      if (depth === 0 && !(uri === XMI && name === 'XMI')) throw badInput(`${place}: expected <xmi:XMI>`);
      if (depth !== 1) return;
      const id = element.attribute('id', XMI);
      if (id !== undefined && isNumber(id)) found.highestId = Math.max(found.highestId, Number(id));
      const type = typeOf(element);
      if (type === 'uima.cas.Sofa')
        found.sofas.push({ id, name: element.attribute('sofaID'), text: element.attribute('sofaString') ?? '' });
      else if (type === 'uima.cas.View') {
        const members = element.attribute('members')?.split(' ') ?? [];
        open = { sofa: element.attribute('sofa'), members: members.filter((each) => each !== ''), start, end };
        found.views.push(open);
      } else if (type === TOKEN) found.tokens.push(readItem(element, id, layer, place));
      else if (type === SENTENCE) found.sentences.push(readItem(element, id, layer, place));
      // The layer may be that of tokens.
      if (layer.types.has(type)) found.annotations.push(readItem(element, id, layer, place));
    },
    onClose(depth, end) {
      if (depth === 0) found.end = xmi.lastIndexOf('<', end - 1);
      if (depth === 1 && open) {
        open.end = end;
        open = undefined;
      }
    },
  });
  return found;
}

/** Returns the type of an element: the namespace of `a.b.C` is `http:///a/b.ecore`. */
function typeOf({ uri, name }: XmlElement): string {
  const [, path] = /^http:\/\/\/(.*)\.ecore$/.exec(uri) ?? [];
  return path === undefined || path === 'uima/noNamespace' ? name : `${path.replaceAll('/', '.')}.${name}`;
}

function readItem(element: XmlElement, id: string | undefined, layer: CasLayer, place: string): Item {
  const [start, end] = [readOffset(element, 'begin', id, place), readOffset(element, 'end', id, place)];
  if (id === undefined) throw badInput(`${place}: ${element.name} from ${start} to ${end} has no xmi:id`);
  const label = element.attribute(layer.feature);
  return {
    id,
    sofa: element.attribute('sofa'),
    start,
    end,
    label: label === undefined || label.trim() === '' ? undefined : label,
    isSuggestion: element.attribute(IS_SUGGESTION) === 'true',
  };
}

function readOffset(element: XmlElement, name: 'begin' | 'end', id: string | undefined, place: string): number {
  const value = element.attribute(name) ?? '';
  if (isNumber(value)) return Number(value);
  throw badInput(`${place}: expected a whole number as "${name}" of ${element.name} ${id ?? ''}`.trimEnd());
}

function isNumber(value: string): boolean {
  return /^\d{1,15}$/.test(value);
}

/** Returns what holds the text: what UIMA calls the initial view, or else the only one. */
function chooseSofa(sofas: readonly Sofa[], place: string): Sofa & { readonly id: string } {
  const sofa = sofas.find(({ name }) => name === '_InitialView') ?? (sofas.length === 1 ? sofas[0] : undefined);
  if (sofa?.id !== undefined && /^\d+$/.test(sofa.id)) return { ...sofa, id: sofa.id };
  throw badInput(`${place}: expected one <cas:Sofa> with the text and an xmi:id, found ${sofas.length}`);
}

function checkRange({ id, start, end }: Item, text: string, place: string): void {
  if (start <= end && end <= text.length && !splitsCharacter(text, start) && !splitsCharacter(text, end)) return;
  throw badInput(
    `${place}: the annotation ${id} from ${start} to ${end} is not a piece of the text, which has ${text.length} characters`,
  );
}

/** Groups tokens by the sentence that they begin in. Both are in order. */
function groupTokens(tokens: readonly TextRange[], sentences: readonly TextRange[]): CasSentence[] {
  const groups: TextRange[][] = [];
  let next = 0;
  let last: number | undefined;
  for (const { start, end } of tokens) {
    while ((sentences[next]?.start ?? Number.POSITIVE_INFINITY) <= start) next++;
    const isInside = start < (sentences[next - 1]?.end ?? 0);
    // Between two sentences is another group than in the one before.
    const group = 2 * next + (isInside ? 0 : 1);
    if (group !== last) groups.push([]);
    last = group;
    groups.at(-1)?.push({ start, end });
  }
  return groups;
}

function writeSuggestion(
  { label, start, end, confidence }: TextSpan,
  id: string,
  sofa: Sofa,
  { type, feature, hasScore }: CasLayer,
): string {
  const dot = type.lastIndexOf('.');
  const path = dot < 0 ? 'uima/noNamespace' : type.slice(0, dot).replaceAll('.', '/');
  const attributes = {
    ...{ 'xmlns:layer': `http:///${path}.ecore`, 'xmlns:xmi': XMI, 'xmi:id': id, sofa: `${sofa.id}` },
    ...{ begin: `${start}`, end: `${end}`, [feature]: label, [IS_SUGGESTION]: 'true' },
    ...(hasScore && confidence !== undefined && { [`${feature}_score`]: `${confidence}` }),
  };
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
  return `<layer:${type.slice(dot + 1)}${written.join('')}/>`;
}
