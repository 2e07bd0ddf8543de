import type { ShownSentence, ShownSpan } from '../annotation/protocol.js';
import { elementOf } from './annotate-labels.js';
import { isAmong, isSame } from './annotate-spans.js';

/** Shows the two readings of a doubtful sentence as buttons to choose from; what is chosen is not decided yet. */
export function showReview(
  element: HTMLElement,
  sentence: ShownSentence,
  hueOf: (label: string) => number,
  onChoose: (spans: readonly ShownSpan[]) => void,
): void {
  const { review } = sentence;
  element.hidden = review === undefined;
  if (!review) return;
  const card = (key: string, title: string, spans: readonly ShownSpan[], others: readonly ShownSpan[]): HTMLElement => {
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-keyshortcuts', key);
    const head = elementOf('span', '', 'card-head');
    head.append(elementOf('kbd', key), title);
    const text = elementOf('span', '', 'card-text');
    text.dir = 'auto';
    text.append(...markedText(sentence, spans, others, hueOf));
    button.append(head, text);
    button.addEventListener('click', () => onChoose(spans));
    return button;
  };
  element.replaceChildren(
    card('A', 'as it is labelled', review.given, review.suggested),
    card('B', `the other reading (doubt ${Math.round(100 * review.doubt)} %)`, review.suggested, review.given),
  );
}

/** Shows which of the readings, if any, is the one on the screen. */
export function showChosen(element: HTMLElement, { review }: ShownSentence, spans: readonly ShownSpan[]): void {
  const readings = review ? [review.given, review.suggested] : [];
  for (const [index, button] of [...element.children].entries())
    button.setAttribute('aria-pressed', `${isSame(readings[index] ?? [], spans)}`);
}

/** Returns a text with its entities marked; those that the other reading has not stand out. */
function markedText(
  { text, tokens }: ShownSentence,
  spans: readonly ShownSpan[],
  others: readonly ShownSpan[],
  hueOf: (label: string) => number,
): Node[] {
  const nodes: Node[] = [];
  let position = 0;
  for (const span of spans) {
    const [start, end] = [tokens[span.start]?.[0] ?? 0, tokens[span.end - 1]?.[1] ?? 0];
    const mark = elementOf('mark', text.slice(start, end));
    mark.style.setProperty('--hue', `${hueOf(span.label)}`);
    mark.classList.toggle('differs', !isAmong(span, others));
    const name = elementOf('b', span.label, 'name');
    name.dir = 'ltr';
    mark.append(name);
    nodes.push(document.createTextNode(text.slice(position, start)), mark);
    position = end;
  }
  nodes.push(document.createTextNode(text.slice(position)));
  return nodes;
}
