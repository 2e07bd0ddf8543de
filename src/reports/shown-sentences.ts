import type { ChangedSentence } from '../evaluation/comparison.js';
import { pairOf } from '../evaluation/scores.js';
import type { WrongSentence } from '../evaluation/sentences.js';
import { counted } from '../text/counts.js';
import type { PairedSentence, Span } from '../text/sentence.js';
import type { ShownSentence, ShownTags } from './sections.js';

/** Tokens of a sentence that are shown at most, and those before its first mistake. */
const WINDOW = 60;
const BEFORE = 15;

/** Sentences with mistakes: gold and found. */
export function showWrong(sentences: readonly WrongSentence[]): ShownSentence[] {
  return sentences.map(({ sentence, spans, errors }) =>
    cutSentence(`${placeOf(sentence)}: ${counted(errors, 'error')}`, sentence.tokens, [
      mark('gold', spans.gold, spans.predicted),
      mark('found', spans.predicted, spans.gold),
    ]),
  );
}

/** Sentences that two taggers tag differently: gold and what each found. */
export function showChanged(sentences: readonly ChangedSentence[]): ShownSentence[] {
  return sentences.map(({ sentence, spans, other, gain }) => {
    const verdict = gain === 0 ? 'as many errors' : `${Math.abs(gain)} ${gain > 0 ? 'fewer' : 'more'} errors`;
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

/** A long sentence is cut to what surrounds its first mistake; spans that the cut divides stay as far as they are in. */
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
