import type { ChangedSentence } from '../evaluation/comparison.js';
import { pairOf } from '../evaluation/scores.js';
import type { WrongSentence } from '../evaluation/sentences.js';
import { counted } from '../text/counts.js';
import type { PairedSentence, Span } from '../text/sentence.js';
import type { ShownSentence, ShownTags } from './report-structure.js';

/** Maximum number of tokens shown of a sentence. */
const WINDOW = 60;
/** Number of tokens shown before the first mistake of a longer sentence. */
const BEFORE = 15;

/** Returns sentences with mistakes, with gold and predicted spans. */
export function showWrong(sentences: readonly WrongSentence[]): ShownSentence[] {
  return sentences.map(({ sentence, spans, errors }) =>
    cutSentence(`${placeOf(sentence)}: ${counted(errors, 'error')}`, sentence.tokens, [
      mark('gold', spans.gold, spans.predicted),
      mark('found', spans.predicted, spans.gold),
    ]),
  );
}

/** Returns sentences that two taggers tag differently, with gold spans and those of each tagger. */
export function showChanged(sentences: readonly ChangedSentence[]): ShownSentence[] {
  return sentences.map(({ sentence, spans, other, gain }) => {
    const verdict = gain === 0 ? 'same number of errors' : `${Math.abs(gain)} ${gain > 0 ? 'fewer' : 'more'} errors`;
    return cutSentence(`${placeOf(sentence)}: ${verdict}`, sentence.tokens, [
      mark('gold', spans.gold, spans.predicted),
      mark('found', spans.predicted, spans.gold),
      mark('other', other.predicted, spans.gold),
    ]);
  });
}

function placeOf({ file, line }: PairedSentence): string {
  return file === undefined ? `line ${line}` : `${file}:${line}`;
}

function mark(name: string, spans: readonly Span[], others: readonly Span[]): ShownTags {
  const right = new Set(pairOf(others, spans).correct);
  return { name, spans: spans.map((span) => ({ ...span, isRight: right.has(span) })) };
}

/** Cuts a long sentence to a window around its first mistake; spans are cut off at the window's ends. */
function cutSentence(heading: string, tokens: readonly string[], readings: readonly ShownTags[]): ShownSentence {
  if (tokens.length <= WINDOW) return { heading, tokens, readings };
  const mistakes = readings.flatMap(({ spans }) => spans.filter(({ isRight }) => !isRight));
  const first = mistakes.reduce((least, { start }) => Math.min(least, start), tokens.length);
  const from = Math.max(0, Math.min(first - BEFORE, tokens.length - WINDOW));
  const to = from + WINDOW;
  const offset = from > 0 ? from - 1 : from;
  return {
    heading: `${heading}, tokens ${from + 1} to ${to} of ${tokens.length}`,
    tokens: [...(from > 0 ? ['…'] : []), ...tokens.slice(from, to), ...(to < tokens.length ? ['…'] : [])],
    readings: readings.map(({ name, spans }) => ({
      name,
      spans: spans
        .filter(({ start, end }) => end > from && start < to)
        .map((span) => ({
          ...span,
          start: Math.max(span.start, from) - offset,
          end: Math.min(span.end, to) - offset,
        })),
    })),
  };
}
