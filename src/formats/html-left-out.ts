import type { DefaultTreeAdapterTypes } from 'parse5';
import { counted } from '../text/counts.js';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Parent = DefaultTreeAdapterTypes.ParentNode;
type Element = DefaultTreeAdapterTypes.Element;

/** Elements whose text counts, but is not shown as text. */
const HIDDEN = new Set(['style', 'title', 'textarea', 'option', 'noscript']);

/** Whether the text in an element is not shown. */
export function isHidden(element: Parent): boolean {
  return HIDDEN.has(element.nodeName) || attributeOf(element, 'hidden') !== undefined;
}

export function isText(node: Node): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

/** Kinds of what is left out of a page, as `leftOutOf` tells them. */
const KINDS = {
  title: (count: number) => counted(count, 'title'),
  hidden: (count: number) => counted(count, 'hidden element'),
  field: (count: number) => counted(count, 'form field'),
  alternative: (count: number) => `${counted(count, 'alternative text')} of pictures`,
  frame: (count: number) => counted(count, 'frame'),
  withoutScripts: (count: number) => `${counted(count, 'part')} for browsers without scripts`,
  template: (count: number) => counted(count, 'template'),
} as const;

type Kind = keyof typeof KINDS;

/** Returns what a page holds that is not shown as text and that may be text, a phrase for each kind, with how often it occurs. */
export function leftOutOf(page: Parent): string[] {
  const counts = new Map<Kind, number>();
  const visit = (node: Node): void => {
    if (!isElement(node)) return;
    const isWhole = node.nodeName === 'html' || node.nodeName === 'body'; // which is read whatever its attributes say
    const kind = isWhole ? undefined : kindOf(node);
    if (kind !== undefined) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (isWhole || !isHidden(node)) for (const child of node.childNodes) visit(child);
  };
  for (const child of page.childNodes) visit(child);
  return (Object.keys(KINDS) as Kind[]).flatMap((kind) => {
    const count = counts.get(kind) ?? 0;
    return count > 0 ? [KINDS[kind](count)] : [];
  });
}

/** Returns what an element is of what is left out; undefined if it is shown, or holds nothing. */
function kindOf(element: Element): Kind | undefined {
  const { nodeName } = element;
  if (nodeName !== 'title' && attributeOf(element, 'hidden') !== undefined)
    return holdsText(element) ? 'hidden' : undefined;
  return kindOfShown(element);
}

/** Returns what an element without the attribute `hidden` is of what is left out. */
function kindOfShown(element: Element): Kind | undefined {
  const { nodeName } = element;
  const is = (kind: Kind, text: string | undefined): Kind | undefined => (isBlank(text) ? undefined : kind);
  if (nodeName === 'title') return is('title', textOf(element));
  if (nodeName === 'noscript') return is('withoutScripts', withoutMarkup(textOf(element)));
  if (FIELDS.has(nodeName)) return is('field', textOf(element));
  if (nodeName === 'input' && TYPED.test(attributeOf(element, 'type') ?? 'text'))
    return is('field', attributeOf(element, 'value'));
  if (nodeName === 'img' || nodeName === 'area' || nodeName === 'input')
    return is('alternative', attributeOf(element, 'alt'));
  if (nodeName === 'iframe' || nodeName === 'frame')
    return is('frame', attributeOf(element, 'srcdoc') ?? attributeOf(element, 'src') ?? textOf(element));
  if ('content' in element) return (element.content as Parent).childNodes.some(nodeHoldsText) ? 'template' : undefined;
  return undefined;
}

/** Returns whether an element, if it were shown, would be left out for its text or hold a node that shows text or is left out. */
function holdsText(element: Element): boolean {
  if (kindOfShown(element)) return true;
  return !TEXTLESS.has(element.nodeName) && element.childNodes.some(nodeHoldsText);
}

function nodeHoldsText(node: Node): boolean {
  return isText(node) ? !isBlank(node.value) : isElement(node) && holdsText(node);
}

/** Elements of which no child shows text; `kindOfShown` judges those of them that hold text of another kind. */
const TEXTLESS = new Set([...HIDDEN, 'script', 'iframe']);

/** Elements of forms that hold text. */
const FIELDS = new Set(['textarea', 'select', 'datalist']);

/** The types of inputs into which people write. */
const TYPED = /^(?:text|search|email|tel|url)$/i;

function isElement(node: Node): node is Element {
  return 'tagName' in node;
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}

function attributeOf(element: Parent, name: string): string | undefined {
  return 'attrs' in element ? element.attrs.find((attribute) => attribute.name === name)?.value : undefined;
}

function textOf({ childNodes }: Parent): string {
  return childNodes.map((node) => (isText(node) ? node.value : 'childNodes' in node ? textOf(node) : '')).join('');
}

/** Returns the text of markup that was not parsed, without tags and styles. */
function withoutMarkup(text: string): string {
  const texts: string[] = [];
  let position = 0;
  let isInStyle = false;
  for (;;) {
    const open = text.indexOf('<', position);
    const close = open < 0 ? -1 : text.indexOf('>', open);
    if (close < 0) break;
    const endsStyle = isInStyle && /^<\/style>$/i.test(text.slice(open, close + 1));
    if (!endsStyle) texts.push(text.slice(position, open));
    isInStyle = text.slice(open, open + 6).toLowerCase() === '<style';
    position = close + 1;
  }
  return [...texts, text.slice(position)].join('');
}
