import type { ConversionIssue, ConversionIssueKind } from '../formats/format.js';
import { grouped } from '../text/counts.js';
import {
  createIllFormedCounter,
  hasSpans,
  type LabelledSentences,
  type Scheme,
  schemeTitle,
  spansOf,
} from '../text/scheme.js';
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

/** Warns if there is no entity to train on in the corpus of that name, or none in dev to tell which epoch is best. */
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

/** The texts for an issue that occurs once, and for one that occurs many times. */
const TITLES: Readonly<Record<ConversionIssueKind, readonly [string, string]>> = {
  'overlapping span': ['span overlaps another and was left out', 'spans overlap others and were left out'],
  'discontinuous span': ['span has several pieces and was left out', 'spans have several pieces and were left out'],
  'span without a token': ['span covers no token and was left out', 'spans cover no token and were left out'],
  'span trimmed': ['span was trimmed to the tokens inside it', 'spans were trimmed to the tokens inside them'],
  'span over lines': ['span holds a line break and was left out', 'spans hold a line break and were left out'],
  label: ['label cannot be written and was left out', 'labels cannot be written and were left out'],
  tag: ['tag spells no span and was left out', 'tags spell no span and were left out'],
  token: ['sentence holds a token that cannot be written', 'sentences hold a token that cannot be written'],
  'token cut': [
    'token was cut where a span begins or ends inside it',
    'tokens were cut where spans begin or end inside them',
  ],
  'token boundaries': ['file has other tokens now', 'files have other tokens now'],
  record: ['record was not taken whole', 'records were not taken whole'],
  'skipped record': ['record does not belong to the corpus', 'records do not belong to the corpus'],
};

/** Sums issues up: a line for each kind, with how often it occurs and where first. */
export function issueNotices(issues: readonly ConversionIssue[]): string[] {
  const kinds = new Map<ConversionIssueKind, { readonly first: ConversionIssue; count: number }>();
  for (const issue of issues) {
    const known = kinds.get(issue.kind);
    if (known) known.count++;
    else kinds.set(issue.kind, { first: issue, count: 1 });
  }
  return [...kinds].map(([kind, { first, count }]) => {
    const [one, many] = TITLES[kind];
    const level = kind === 'token cut' ? '' : 'warning: ';
    return `${level}${grouped(count)} ${count === 1 ? one : many} (${count === 1 ? '' : 'first '}at ${issueLine(first)})`;
  });
}

/** Describes one issue in a line. */
export function issueLine({ place, what }: ConversionIssue): string {
  return `${place}: ${what}`;
}
