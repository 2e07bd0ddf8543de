import { describe, type SentenceView } from './annotate-sentence.js';
import { overlap, type Selection, spanAt } from './annotate-spans.js';
import type { Work } from './annotate-work.js';

/** How many characters of a text are repeated in a message. */
const LONGEST_QUOTED = 60;

/** Describes what the person can do now. */
export function describeChoices({ sentence, spans, history }: Work, selected: Selection, view: SentenceView): string {
  const { answer, review } = sentence;
  const isAnswered = answer === undefined ? '' : `${answer === 'skip' ? 'Skipped' : 'Accepted'} before. `;
  const span = spanAt(spans, selected.start);
  if (review && !view.isPointed) return `${isAnswered}A or B chooses a reading, and Enter accepts what is below.`;
  if (span && span.end - span.start >= selected.end - selected.start)
    return `${isAnswered}${quoted(view.textOf(span))}: ${describe(span)}`;
  if (view.isPointed && !spans.some((each) => overlap(each, selected)))
    return `${isAnswered}${quoted(view.textOf(selected))}: choose a label, or Enter to accept the sentence as it is.`;
  if (history.length === 0 && spans.length === 0)
    return `${isAnswered}Select a name, then choose its label. Enter accepts a sentence without names.`;
  const suggestions = spans.some(({ isSuggestion }) => isSuggestion) ? ', suggestions included' : '';
  return `${isAnswered}Enter accepts the sentence as it is${suggestions}.`;
}

/** Returns a text in quotation marks, of a long one the beginning and the end; it runs in its own direction (Unicode isolates). */
export function quoted(text: string): string {
  const half = LONGEST_QUOTED / 2;
  const shown = text.length <= LONGEST_QUOTED ? text : `${text.slice(0, half)} … ${text.slice(-half)}`;
  return `“\u2068${shown}\u2069”`;
}
