import type { ConversionIssue, ConversionIssueKind, CorpusReading } from '../formats/format.js';
import { grouped } from '../text/counts.js';
import { countUnknown, knownTags } from '../text/possible-labels.js';
import {
  createIllFormedCounter,
  hasSpans,
  type LabelledSentences,
  type Scheme,
  schemeTitle,
  spansOf,
} from '../text/scheme.js';
import { countTokens, type Sentence } from '../text/sentence.js';

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

/**
 * Tells how many tokens have no known tag, or warns of a tag for them that no token has.
 *
 * @param source name of the corpus in messages
 */
export function unknownTagsNotice(
  source: string,
  sentences: readonly Sentence[],
  { unknownTag }: Pick<CorpusReading, 'unknownTag'>,
): string[] {
  const count = countUnknown(sentences);
  if (count > 0)
    return [
      `${source}: ${grouped(count)} of ${grouped(countTokens(sentences))} tokens have no known tag: nothing is learnt from them, and they count in no score`,
    ];
  return unknownTag === undefined ? [] : [`warning: ${source}: no token has the tag ${unknownTag} of --unknown-tag`];
}

/**
 * Warns of a tag that was named as that of tokens outside all entities and that no token has.
 *
 * @param source name of the corpus in messages
 */
export function outsideNotice(
  source: string,
  sentences: readonly Pick<Sentence, 'tags'>[],
  outside: string | undefined,
): string[] {
  if (outside === undefined || sentences.some(({ tags }) => tags.includes(outside))) return [];
  return [`warning: ${source}: no token has the tag ${outside} of --outside`];
}

/**
 * Tells of sentences of a file that stand before its first mark of a document, and so belong to none.
 *
 * @param mark the line that opens a document in files of its format
 */
export function beforeMarksNotice(source: string, sentences: readonly Sentence[], mark: string): string[] {
  const first = sentences.findIndex(({ isOfMarkedDocument }) => isOfMarkedDocument);
  if (first < 1) return [];
  const stand = first === 1 ? '1 sentence stands' : `${grouped(first)} sentences stand`;
  return [
    `${source}: ${stand} before the first mark of a document, and belong${first === 1 ? 's' : ''} to none (a line ${mark} above opens one)`,
  ];
}

/** Returns the labels of the spans of sentences, or their tags if those are plain. */
export function labelsOf({ sentences, scheme }: LabelledSentences): Set<string> {
  const labels = new Set<string>();
  for (const sentence of sentences) {
    if (hasSpans(scheme)) for (const { label } of spansOf(sentence.tags, scheme)) labels.add(label);
    else for (const tag of knownTags(sentence)) labels.add(tag);
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
  'span elsewhere': [
    'span does not cover the text that it names and was left out',
    'spans do not cover the text that they name and were left out',
  ],
  label: ['label cannot be written and was left out', 'labels cannot be written and were left out'],
  tag: ['tag spells no span and was left out', 'tags spell no span and were left out'],
  token: ['sentence holds a token that cannot be written', 'sentences hold a token that cannot be written'],
  'token cut': [
    'token was cut where a span begins or ends inside it',
    'tokens were cut where spans begin or end inside them',
  ],
  'token boundaries': ['file has other tokens now', 'files have other tokens now'],
  'uncovered text': ['file has text that no token covers', 'files have text that no token covers'],
  'white-space token': ['file holds tokens of white space alone', 'files hold tokens of white space alone'],
  'left out': ['file holds more than labelled spans', 'notes on files that hold more than labelled spans'],
  record: ['record was not taken whole', 'records were not taken whole'],
  'empty record': ['record holds no token and was left out', 'records hold no token and were left out'],
  'skipped record': ['record does not belong to the corpus', 'records do not belong to the corpus'],
  'superseded record': ['record is superseded by a later one', 'records are superseded by later ones'],
};

/** How many places of each kind of issue are named. */
const FEW = 3;

interface IssueGroup {
  readonly first: ConversionIssue[];
  count: number;
}

/** Counts issues by kind, and keeps the first places of each. */
export class IssueTally {
  count = 0;
  readonly #groups = new Map<ConversionIssueKind, IssueGroup>();

  add(issue: ConversionIssue): void {
    const group = this.#groups.get(issue.kind) ?? { first: [], count: 0 };
    this.#groups.set(issue.kind, group);
    this.count++;
    group.count++;
    if (group.first.length < FEW) group.first.push(issue);
  }

  /** Returns a notice for each kind, with how often it occurs and where first; what concerns entities comes first. */
  notices(): string[] {
    return this.#inOrder().map(([kind, group]) => {
      const level = UNWARNED.includes(kind) ? '' : 'warning: ';
      const [issue] = group.first;
      // It says how often, and its place names the file.
      if (group.count === 1 && issue && OF_WHOLE_FILES.includes(kind)) return `${level}${issueLine(issue)}`;
      if (group.count === 1 && issue) return `${level}1 ${TITLES[kind][0]} (at ${issueLine(issue)})`;
      return `${level}${describeGroup(kind, group)}`;
    });
  }

  /** Returns a line for each issue, but a summary for kinds of which there are many. */
  lines(): string[] {
    return this.#inOrder().flatMap(([kind, group]) =>
      group.count > FEW ? describeGroup(kind, group) : group.first.map(issueLine),
    );
  }

  #inOrder(): [ConversionIssueKind, IssueGroup][] {
    const kinds = Object.keys(TITLES);
    return [...this.#groups].sort(([kindA], [kindB]) => kinds.indexOf(kindA) - kinds.indexOf(kindB));
  }
}

/** Kinds of issues that are told without a warning, since nothing that was labelled is lost. */
const UNWARNED: readonly ConversionIssueKind[] = [
  'token cut',
  'white-space token',
  'empty record',
  'skipped record',
  'superseded record',
];

/** Kinds of issues that are reported once a file, however often they occur in it. */
const OF_WHOLE_FILES: readonly ConversionIssueKind[] = [
  'token boundaries',
  'uncovered text',
  'white-space token',
  'left out',
];

function describeGroup(kind: ConversionIssueKind, { first, count }: IssueGroup): string {
  const more = count > first.length ? [`... and ${grouped(count - first.length)} more`] : [];
  return [`${grouped(count)} ${TITLES[kind][1]}:`, ...first.map(issueLine), ...more].join('\n  ');
}

/** Returns the notices of issues, as `IssueTally` makes them. */
export function issueNotices(issues: Iterable<ConversionIssue>): string[] {
  const tally = new IssueTally();
  for (const issue of issues) tally.add(issue);
  return tally.notices();
}

/** Describes one issue in a line. */
export function issueLine({ place, what }: ConversionIssue): string {
  return `${place}: ${what}`;
}
