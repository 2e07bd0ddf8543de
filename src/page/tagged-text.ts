import { labelColours } from '../reports/label-colours.js';
import type { PlacedSentence, TaggedSpan, TaggingModel } from '../tagger.js';

/** Shows a text with its entities, or every token if tags mark no spans, in the colours of their labels. */
export function showSentences(
  output: HTMLElement,
  text: string,
  sentences: readonly PlacedSentence[],
  { labels, marksSpans }: Pick<TaggingModel, 'labels' | 'marksSpans'>,
): void {
  const colourOf = labelColours(labels);
  const nodes: Node[] = [];
  let position = 0;
  for (const { spans, tokens } of sentences) {
    const marked: readonly TaggedSpan[] = marksSpans
      ? spans
      : tokens.map(({ tag, ...token }) => ({ ...token, label: tag }));
    for (const span of marked) {
      nodes.push(document.createTextNode(text.slice(position, span.start)), markOf(span, colourOf(span.label).hue));
      position = span.end;
    }
  }
  nodes.push(document.createTextNode(text.slice(position)));
  output.replaceChildren(...nodes);
}

function markOf({ text, label, confidence }: TaggedSpan, hue: number): HTMLElement {
  const mark = document.createElement('mark');
  mark.style.setProperty('--hue', `${hue}`);
  const name = document.createElement('b');
  name.textContent = label;
  mark.append(text, name);
  if (confidence === undefined) return mark;
  const tip = document.createElement('span');
  tip.className = 'tip';
  tip.textContent = `${label}, confidence ${(100 * confidence).toFixed(1)} %`;
  mark.append(tip);
  mark.tabIndex = 0;
  mark.addEventListener('mouseenter', () => placeTip(tip, mark));
  mark.addEventListener('focus', () => placeTip(tip, mark));
  return mark;
}

/** Places a tip below its mark, within the width of the text. */
function placeTip(tip: HTMLElement, { offsetLeft, offsetTop, offsetHeight, parentElement }: HTMLElement): void {
  const room = (parentElement?.clientWidth ?? 0) - tip.offsetWidth;
  tip.style.left = `${Math.max(0, Math.min(offsetLeft, room))}px`;
  tip.style.top = `${offsetTop + offsetHeight}px`;
}
