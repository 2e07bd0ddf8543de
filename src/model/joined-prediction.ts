import { at } from '../numerics/at.js';
import { hasSpans, type Scheme, spansOf, tagsOf } from '../text/scheme.js';
import type { Span } from '../text/sentence.js';
import type { Prediction, TagSequence } from './decode.js';

/** A sequence of tags for each of several consecutive sentences. */
interface Combination {
  readonly tags: readonly (readonly string[])[];
  readonly probability: number;
}

/**
 * Joins the predictions for the sentences of one text. The result has as many alternatives as the part with
 * most of them.
 *
 * @param parts at least one prediction, in the order of the text
 */
export function joinPredictions(parts: readonly Prediction[], scheme: Scheme): Prediction {
  if (parts.length === 1) return at(parts, 0);
  const tags = joinTags(
    parts.map((part) => part.tags),
    scheme,
  );
  const probabilities = parts.flatMap((part) => part.probabilities);
  const confidences = parts.every((part) => part.confidences) && parts.flatMap(({ confidences = [] }) => confidences);
  const alternatives = parts.every((part) => part.alternatives) && joinAlternatives(parts, scheme);
  const hidden =
    parts.every((part) => part.hidden) && joinSpans(parts.map((part) => ({ ...part, spans: part.hidden ?? [] })));
  return {
    tags,
    probabilities,
    ...(confidences && { confidences }),
    ...(hidden && { hidden }),
    ...(alternatives && { alternatives }),
  };
}

/** Counts the tokens of spans from the start of the text. */
function joinSpans(parts: readonly { readonly tags: readonly string[]; readonly spans: readonly Span[] }[]): Span[] {
  let shift = 0;
  return parts.flatMap(({ tags, spans }) => {
    const moved = spans.map(({ label, start, end }) => ({ label, start: start + shift, end: end + shift }));
    shift += tags.length;
    return moved;
  });
}

/** Joins tags so that touching spans of two sentences stay two spans in any scheme. */
function joinTags(parts: readonly (readonly string[])[], scheme: Scheme): readonly string[] {
  if (!hasSpans(scheme)) return parts.flat();
  const spans = joinSpans(parts.map((tags) => ({ tags, spans: spansOf(tags, scheme) })));
  return tagsOf(spans, parts.flat().length, scheme);
}

/**
 * Combines alternatives. Sentences are independent, so a combination's probability is the product of its parts'. The i-th best of
 * one part with the j-th best of another has at least i * j - 1 combinations before it, so that most need not be made.
 */
function joinAlternatives(parts: readonly Prediction[], scheme: Scheme): TagSequence[] {
  const top = Math.max(...parts.map(({ alternatives = [] }) => alternatives.length));
  let best: Combination[] = [{ tags: [], probability: 1 }];
  for (const { alternatives = [] } of parts) {
    const ranked = [...alternatives].sort((a, b) => b.probability - a.probability);
    const longer = best.flatMap(({ tags, probability }, index) =>
      ranked
        .slice(0, Math.floor(top / (index + 1)))
        .map((next) => ({ tags, next, probability: probability * next.probability })),
    );
    best = longer
      .sort((a, b) => b.probability - a.probability)
      .slice(0, top)
      .map(({ tags, next, probability }) => ({ tags: [...tags, next.tags], probability }));
  }
  return best.map(({ tags, probability }) => ({ tags: joinTags(tags, scheme), probability }));
}
