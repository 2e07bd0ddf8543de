import { grouped } from '../text/counts.js';
import { createIllFormedCounter, hasSpans, type LabelledSentences, type Scheme, spansOf } from '../text/scheme.js';
import { schemeTitle } from '../text/scheme-description.js';
import type { Sentence } from '../text/sentence.js';

/**
 * Warns of tags that do not follow the scheme: how many there are, and where the first one stands.
 *
 * @param source name of the corpus in messages
 * @param files the file of each sentence, if the corpus has several
 * @returns nothing if all tags follow the scheme
 */
export function illFormedNotice(
  source: string,
  sentences: readonly Pick<Sentence, 'tags' | 'line'>[],
  scheme: Scheme,
  files?: readonly string[],
): string[] {
  const countIllFormed = createIllFormedCounter(scheme);
  let count = 0;
  let first = '';
  for (const [index, { tags, line }] of sentences.entries()) {
    const inSentence = countIllFormed(tags);
    if (inSentence > 0 && count === 0) first = files ? `${files[index]}:${line}` : `line ${line}`;
    count += inSentence;
  }
  if (count === 0) return [];
  const tags = count === 1 ? '1 tag does' : `${grouped(count)} tags do`;
  return [
    `warning: ${source}: ${tags} not follow ${schemeTitle(scheme)} (first in the sentence at ${first}); read as conlleval reads them, see rnn check`,
  ];
}

/** Returns the labels of the spans of sentences, or their tags if those are plain. */
export function labelsOf({ sentences, scheme }: LabelledSentences): Set<string> {
  const labels = new Set<string>();
  for (const { tags } of sentences) {
    if (hasSpans(scheme)) for (const { label } of spansOf(tags, scheme)) labels.add(label);
    else for (const tag of tags) labels.add(tag);
  }
  return labels;
}

/**
 * Warns if there is no entity to train on, or none in dev to tell which epoch is best.
 *
 * @param name of the training corpus
 */
export function noEntityNotices(name: string, train: LabelledSentences, dev: LabelledSentences): string[] {
  if (!hasSpans(train.scheme)) return [];
  if (labelsOf(train).size === 0) return [`warning: ${name}: no entity among the sentences to train on`];
  return labelsOf(dev).size === 0 ? ['warning: no entity in dev: it cannot tell which epoch is best'] : [];
}

/** Warns of labels that the training corpus lacks. */
export function unseenLabelsNotice(
  source: string,
  part: LabelledSentences,
  train: LabelledSentences,
  model = 'the model',
): string[] {
  const known = labelsOf(train);
  const unseen = [...labelsOf(part)].filter((label) => !known.has(label)).sort();
  if (unseen.length === 0) return [];
  return [`warning: ${source}: labels that ${model} never saw count as missed: ${unseen.join(', ')}`];
}
