import { type SaxesAttributeNS, SaxesParser } from 'saxes';
import { badInput } from '../errors.js';
import { grouped } from '../text/counts.js';

/** An element of XML as it begins. */
export interface XmlElement {
  /** The namespace, and an empty text if it has none. */
  readonly uri: string;
  /** The name without its prefix. */
  readonly name: string;
  /** The number of elements that it is in. */
  readonly depth: number;
  /** Where its first tag begins and ends in the text, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** Returns the value of an attribute, by its namespace, which most have not, and its name. */
  attribute(name: string, uri?: string): string | undefined;
}

export interface XmlListener {
  onOpen(element: XmlElement): void;
  /** Is told where the last tag of an element ends, in UTF-16 units; an element of one tag ends where that does. */
  onClose?(depth: number, end: number): void;
  onText?(text: string): void;
}

/** The attributes of an element by their names, with their prefixes. */
type Attributes = Readonly<Record<string, SaxesAttributeNS>>;

/** The deepest nesting of elements. The parser looks for the namespace of each in all that it is in. */
const DEEPEST = 20;

/** The largest number of elements, and of attributes of one: with more, small ones would take much time and memory. */
const MOST_ELEMENTS = 1_000_000;
const MOST_ATTRIBUTES = 1000;

/**
 * Reads XML from its beginning to its end, and tells of each element. A document type is refused, since it may define entities
 * that grow without end.
 *
 * @param place what messages call the text
 * @throws {UserError} if it is not well-formed, has a document type, is nested too deep, or has too many elements or attributes
 */
export function readXml(xml: string, place: string, { onOpen, onClose, onText }: XmlListener): void {
  const parser = new SaxesParser({ xmlns: true });
  let [depth, elements, attributesOfElement] = [0, 0, 0];
  parser.on('error', ({ message }) => {
    throw badInput(`${place}: expected XML, found a mistake at ${message.slice(0, 200)}`);
  });
  parser.on('doctype', () => {
    throw badInput(`${place}: XML with a document type is refused`, 'leave out <!DOCTYPE>');
  });
  parser.on('opentagstart', () => {
    if (depth === DEEPEST) throw badInput(`${place}: the XML is nested deeper than ${DEEPEST}`);
    if (elements === MOST_ELEMENTS) throw badInput(`${place}: the XML has over ${grouped(MOST_ELEMENTS)} elements`);
    elements++;
    attributesOfElement = 0;
  });
  parser.on('attribute', () => {
    if (attributesOfElement === MOST_ATTRIBUTES)
      throw badInput(`${place}: an element of the XML has over ${grouped(MOST_ATTRIBUTES)} attributes`);
    attributesOfElement++;
  });
  parser.on('opentag', ({ uri, local, attributes }) => {
    const end = parser.position;
    // No attribute holds this character as it is.
    const start = xml.lastIndexOf('<', end - 1);
    onOpen({ uri, name: local, depth, start, end, attribute: (name, of = '') => attributeOf(attributes, name, of) });
    depth++;
  });
  parser.on('closetag', () => {
    depth--;
    onClose?.(depth, parser.position);
  });
  if (onText) {
    parser.on('text', onText);
    parser.on('cdata', onText);
  }
  parser.write(xml).close();
}

function attributeOf(attributes: Attributes, name: string, uri: string): string | undefined {
  // An attribute without a prefix is under its own name.
  if (uri === '') return Object.hasOwn(attributes, name) ? attributes[name]?.value : undefined;
  // There may be a million elements: no list of the attributes of each.
  for (const key in attributes) {
    const each = attributes[key];
    if (each?.local === name && each.uri === uri) return each.value;
  }
  return undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Returns a text as it stands between the quotes of an attribute. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => ESCAPES[character] ?? `&#${character.charCodeAt(0)};`);
}
