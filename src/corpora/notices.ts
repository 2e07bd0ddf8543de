import { badInput } from '../errors.js';
import { grouped } from '../text/counts.js';
import { createIllFormedCounter, hasSpans, type LabelledSentences, type Scheme, spansOf } from '../text/scheme.js';
import { schemeTitle } from '../text/scheme-description.js';
import type { Sentence } from '../text/sentence.js';

/**
 * Says how many tags are not as the scheme has them, and where the first one stands; empty where all are well.
 *
 * @param files the file of each sentence, where the source is several
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

/** The labels of spans, or the tags where they spell none. */
export function labelsOf({ sentences, scheme }: LabelledSentences): Set<string> {
  const labels = new Set<string>();
  for (const { tags } of sentences) {
    if (hasSpans(scheme)) for (const { label } of spansOf(tags, scheme)) labels.add(label);
    else for (const tag of tags) labels.add(tag);
  }
  return labels;
}

/**
 * Warns of sentences that teach no entity, or cannot tell which epoch is best; empty where there are some in both.
 *
 * @param name of the training corpus
 */
export function noEntityNotices(name: string, train: LabelledSentences, dev: LabelledSentences): string[] {
  if (!hasSpans(train.scheme)) return [];
  if (labelsOf(train).size === 0) return [`warning: ${name}: no entity among the sentences to train on`];
  return labelsOf(dev).size === 0 ? ['warning: no entity in dev: it cannot tell which epoch is best'] : [];
}

/**
 * Holds a corpus to the kind of tags that a model has.
 *
 * @throws UserError where one has names and the other plain labels, exit code 3
 */
export function checkSameKind(source: string, part: Scheme, model: Scheme): void {
  if (hasSpans(part) === hasSpans(model)) return;
  const kind = (scheme: Scheme): string => (hasSpans(scheme) ? 'names' : 'plain labels, one a token');
  throw badInput(
    `${source}: expected ${kind(model)}, as the model has, found ${kind(part)}`,
    'see --tag-column, and --outside of rnn train',
  );
}

/** Names the labels that the training corpus lacks; empty where it has all. */
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
