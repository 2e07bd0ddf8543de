import { labelsOf as labelsIn } from '../../corpora/notices.js';
import type { LabelledCorpus } from '../../corpora/read-corpus.js';
import { badUsage } from '../../errors.js';
import type { Annotation, Model } from '../../model/model.js';
import { nameOf } from '../../node/files.js';
import { nearestName } from '../../settings/nearest.js';
import { grouped } from '../../text/counts.js';
import { countUnknown, openOutside } from '../../text/possible-labels.js';
import { hasSpans, type LabelledSentences, type Scheme } from '../../text/scheme.js';
import { countTokens, type Sentence } from '../../text/sentence.js';
import { type Notice, noticesOf } from '../story.js';

/** The labels that were annotated in a file: in its other tokens, entities of other labels are not marked. */
export interface LabelsOfFile {
  readonly file: string;
  readonly labels: readonly string[];
}

/** Options that tell which entities a corpus does not mark. */
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
 * Returns sentences of which entities may be unmarked anywhere, so that what is outside is not known.
 *
 * @throws UserError if tags are plain, exit code 2
 */
export function* openPartial(
  sentences: readonly Sentence[],
  scheme: Scheme,
): Generator<Notice, readonly Sentence[], undefined> {
  if (!hasSpans(scheme))
    throw badUsage('--partial is about entities, and tags are plain labels', 'see --outside, and --unknown-tag');
  const opened = sentences.map((sentence) => openOutside(sentence, scheme, 'mostly none'));
  yield* noticesOf(`--partial: ${shareOf(opened)} are in no entity, and may be in one that is not marked`);
  return opened;
}

/**
 * Returns the sentences of a corpus, in which tokens outside may be in an entity of a label that their file does not mark.
 *
 * @param known all labels
 */
export function* openUnmarked(
  { sentences, paths, scheme }: LabelledCorpus,
  labelsOf: readonly LabelsOfFile[],
  known: ReadonlySet<string>,
): Generator<Notice, readonly Sentence[], undefined> {
  let opened = sentences;
  for (const { file, labels } of labelsOf) {
    const isOf = (_: unknown, index: number): boolean => paths[index] === file;
    if (!sentences.some(isOf)) continue;
    const unmarked = new Set([...known].filter((label) => !labels.includes(label)).sort());
    if (unmarked.size > 0)
      opened = opened.map((sentence, index) =>
        isOf(sentence, index) ? openOutside(sentence, scheme, unmarked) : sentence,
      );
    const own = opened.filter(isOf);
    yield* noticesOf(
      unmarked.size === 0
        ? `${nameOf(file)}: all labels are annotated, as --labels-of says`
        : `${nameOf(file)}: ${[...unmarked].join(', ')} not annotated: ${shareOf(own)} may be in such an entity`,
    );
    const stray = [...labelsIn({ sentences: own, scheme })].filter((label) => unmarked.has(label)).sort();
    if (stray.length > 0)
      yield* noticesOf(
        `warning: ${nameOf(file)}: entities of ${stray.join(', ')}, which --labels-of does not name, count as labelled`,
      );
  }
  return opened;
}

/**
 * Returns what was annotated of a corpus; undefined if all was.
 *
 * @param sentences those of the corpus, in which what is not known is open
 * @param digests the SHA-256 of each file that labels are named of
 */
export function annotationOf(
  { partial, labelsOf = [] }: UnmarkedOptions,
  sentences: readonly Sentence[],
  digests: ReadonlyMap<string, string>,
): Annotation | undefined {
  const unknown = countUnknown(sentences);
  if (!partial && labelsOf.length === 0 && unknown === 0) return undefined;
  const files = labelsOf.map(({ file, labels }) => ({ sha256: digests.get(file) ?? '', labels }));
  return { partial: partial || undefined, files: files.length > 0 ? files : undefined, unknown };
}

/** Returns what options say of the annotation of a training, as its inputs list it. */
export function inputsOfAnnotation({ partial, files }: Partial<Annotation> = {}): Readonly<Record<string, unknown>> {
  // The beginning of a digest is enough to tell files apart, and leaves room for all of them in messages.
  const labelsOf = files?.map(({ sha256, labels }) => `${sha256.slice(0, 16)}=${labels.join(',')}`).join(' ');
  return { partial, labelsOf };
}

/**
 * Opens what a model says was not annotated of a corpus that it was trained on, or chosen by.
 *
 * @param known all labels
 */
export function* openAsTrained(
  corpus: LabelledCorpus,
  { annotation, corpora }: Pick<Model, 'annotation' | 'corpora'>,
  known: ReadonlySet<string>,
): Generator<Notice, readonly Sentence[], undefined> {
  const { sentences, scheme, digests, fingerprint } = corpus;
  const labelsOf = [...digests].flatMap(([file, digest]) => {
    const found = annotation?.files?.find(({ sha256 }) => sha256 === digest);
    return found ? [{ file, labels: found.labels }] : [];
  });
  if (labelsOf.length > 0) return yield* openUnmarked(corpus, labelsOf, known);
  const isPartial = annotation?.partial && corpora.train.sha256 === fingerprint.sha256;
  return isPartial ? yield* openPartial(sentences, scheme) : sentences;
}

/** Tells how much of the parts that are scored cannot be. */
export function unscoredNotices(parts: Readonly<Record<string, LabelledSentences | undefined>>): string[] {
  return Object.entries(parts).flatMap(([name, { sentences } = { sentences: [] }]) =>
    countUnknown(sentences) === 0
      ? []
      : [`${name}: scores count only what is labelled, and leave out ${shareOf(sentences)}`],
  );
}

function shareOf(sentences: readonly Sentence[]): string {
  return `${grouped(countUnknown(sentences))} of ${grouped(countTokens(sentences))} tokens`;
}
