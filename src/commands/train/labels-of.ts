import { labelsOf as labelsIn } from '../../corpora/notices.js';
import type { LabelledCorpus } from '../../corpora/read-corpus.js';
import { badUsage } from '../../errors.js';
import { nameOf } from '../../node/files.js';
import { nearestName } from '../../settings/nearest.js';
import { grouped } from '../../text/counts.js';
import { countUnknown, openOutside } from '../../text/possible-labels.js';
import { hasSpans, type Scheme } from '../../text/scheme.js';
import { countTokens, type Sentence } from '../../text/sentence.js';
import { type Notice, noticesOf } from '../story.js';

/** The labels that were annotated in a file: in its other tokens, entities of other labels are not marked. */
export interface LabelsOfFile {
  readonly file: string;
  readonly labels: readonly string[];
}

/** What is said of entities that a corpus does not mark. */
export interface UnmarkedOptions {
  /** Whether entities of the training corpus may be missing, so that what is in none is not known. */
  readonly partial?: boolean | undefined;
  /** The labels that were annotated in some files; in the others, all were. */
  readonly labelsOf?: readonly LabelsOfFile[] | undefined;
}

/**
 * Refuses files that are not read.
 *
 * @param paths all files that are read
 * @throws UserError if labels are named of another file, or of one file twice, exit code 2
 */
export function checkLabelsOf(labelsOf: readonly LabelsOfFile[], paths: readonly string[]): void {
  for (const [index, { file }] of labelsOf.entries()) {
    if (!paths.includes(file)) {
      const nearest = nearestName(file, paths);
      throw badUsage(
        `--labels-of ${file}: no corpus of that name is read`,
        nearest === undefined ? `these are: ${paths.join(', ') || 'none'}` : `did you mean ${nearest}?`,
      );
    }
    if (labelsOf.findIndex((other) => other.file === file) < index)
      throw badUsage(`--labels-of names ${file} twice`, `put its labels in one, as in ${file}=PER,LOC`);
  }
}

/**
 * Refuses labels that no entity has.
 *
 * @param known the labels of the training corpus, and of a model that it goes on with
 * @throws UserError if a label is none of them, or tags are plain, exit code 2
 */
export function checkLabels(labelsOf: readonly LabelsOfFile[], known: ReadonlySet<string>, scheme: Scheme): void {
  if (labelsOf.length > 0 && !hasSpans(scheme))
    throw badUsage('--labels-of is about entities, and tags are plain labels', 'see --outside');
  for (const { file, labels } of labelsOf)
    for (const label of labels) {
      if (known.has(label)) continue;
      const nearest = nearestName(label, [...known]);
      throw badUsage(
        `--labels-of ${file}: no entity has the label ${label}`,
        nearest === undefined ? `labels are ${[...known].sort().join(', ')}` : `did you mean ${nearest}?`,
      );
    }
}

/**
 * Returns the sentences of a corpus, in which tokens outside may be in an entity that its files do not mark.
 *
 * @param paths the files of the corpus
 * @param known all labels
 */
export function* openUnmarked(
  { sentences, files, scheme }: LabelledCorpus,
  paths: readonly string[],
  { partial, labelsOf = [] }: UnmarkedOptions,
  known: ReadonlySet<string>,
): Generator<Notice, readonly Sentence[], undefined> {
  if (partial) {
    const opened = sentences.map((sentence) => openOutside(sentence, scheme, 'mostly none'));
    yield* noticesOf(`--partial: ${shareOf(opened)} are in no entity, and may be in one that is not marked`);
    return opened;
  }
  const unmarkedIn = new Map<string, ReadonlySet<string>>();
  for (const { file, labels } of labelsOf)
    if (paths.includes(file)) {
      const unmarked = [...known].filter((label) => !labels.includes(label)).sort();
      unmarkedIn.set(nameOf(file), new Set(unmarked));
    }
  const opened = sentences.map((sentence, index) => {
    const unmarked = unmarkedIn.get(files[index] ?? '');
    return unmarked && unmarked.size > 0 ? openOutside(sentence, scheme, unmarked) : sentence;
  });
  for (const [name, unmarked] of unmarkedIn) {
    const own = { sentences: opened.filter((_, index) => files[index] === name), scheme };
    const stray = [...labelsIn(own)].filter((label) => unmarked.has(label)).sort();
    const what =
      unmarked.size === 0
        ? 'all labels are annotated'
        : `${[...unmarked].join(', ')} not annotated: ${shareOf(own.sentences)} may be in such an entity`;
    yield* noticesOf(`${name}: ${what}`);
    if (stray.length > 0)
      yield* noticesOf(
        `warning: ${name}: entities of ${stray.join(', ')}, which --labels-of does not name, count as labelled`,
      );
  }
  return opened;
}

function shareOf(sentences: readonly Sentence[]): string {
  return `${grouped(countUnknown(sentences))} of ${grouped(countTokens(sentences))} tokens`;
}
