import { type LabelledCorpus, readLabelledCorpus } from '../../corpora/read-corpus.js';
import { findPlaces, type SentencePlace } from '../../corpora/sentence-places.js';
import { badInput, badUsage } from '../../errors.js';
import type { CorpusReading } from '../../formats/format.js';
import { type Decision, readDecisions, spansOfDecision } from '../../formats/review-decisions.js';
import { exists, isGzipFile, isRegularFile, nameOf, readBytes, STANDARD_STREAM } from '../../node/files.js';
import { keepAs, writeWhole } from '../../node/writing.js';
import { at } from '../../text/at.js';
import { countEach, counted, grouped } from '../../text/counts.js';
import { createScoredReader, hasSpans } from '../../text/scheme.js';
import type { Span } from '../../text/sentence.js';
import { type Notice, noticesOf, noticesOfCorpus } from '../story.js';
import { areSame, type Change, type Correction, openCorrection } from './correction.js';

export interface ApplyOptions {
  readonly files: readonly string[];
  readonly reading: CorpusReading;
  /** File of the decisions. */
  readonly decisions: string;
  /** Where the corrected corpus goes, if there is one corpus; undefined if each file is to be replaced. */
  readonly output?: string | undefined;
}

export interface ApplyReport {
  /** Numbers of the decisions that changed a sentence, that were what the corpus has, and that skip one. */
  readonly changed: number;
  readonly same: number;
  readonly skipped: number;
  /** The corrected text, if it was to go to stdout. */
  readonly text?: string;
}

/** How many decisions that do not fit are named. */
const FEW = 5;

/**
 * Writes what a person decided about sentences into their corpus, and changes nothing else of it, not a byte. A sentence that was
 * accepted is labelled whole, so that tokens outside its spans are no longer unknown. A file that is
 * replaced is kept beside it as `.bak`. Nothing is written unless all decisions about the files fit; those about other files are
 * told of and left out.
 *
 * @throws UserError if a file cannot be read or corrected, or a decision does not fit its sentence, exit code 3
 */
export async function* applyDecisions(options: ApplyOptions): AsyncGenerator<Notice, ApplyReport, undefined> {
  const { files, output, reading } = options;
  await refuseFiles(files, output);
  const decisions = readDecisions(await readBytes(options.decisions), nameOf(options.decisions));
  const corpus = await readLabelledCorpus(files, reading);
  yield* noticesOfCorpus(corpus);
  const corrections = new Map<string, Correction>();
  for (const path of files) corrections.set(path, await openCorrection(path, reading, corpus));
  const places = await findPlaces(corpus, files, reading);
  const named = new Set(files.map((path) => plainId(nameOf(path))));
  const elsewhere = decisions.filter(({ id }) => !named.has(fileOf(id)));
  yield* noticesOf(...elsewhereNotices(elsewhere));
  const own = decisions.filter(({ id }) => named.has(fileOf(id)));
  const { changes, same, skipped, stillUnknown } = findChanges(own, corpus, places);
  if (stillUnknown > 0)
    yield* noticesOf(
      `warning: ${counted(stillUnknown, 'token')} of accepted sentences got no tag, and are left as unknown as before`,
    );
  const corrected = new Map<string, string>();
  for (const [path, correction] of corrections) {
    const ofFile = changes.filter(({ place }) => place.file === nameOf(path));
    if (ofFile.length > 0 || output !== undefined) corrected.set(path, correction.apply(ofFile));
  }
  const report = { changed: changes.length, same, skipped };
  for (const [path, text] of corrected) {
    if (output === STANDARD_STREAM) return { ...report, text };
    if (output !== undefined) {
      await writeWhole(output, text);
      yield* noticesOf(`wrote ${output}`);
      continue;
    }
    // A file that is corrected several times is kept as it was before the first.
    const isKept = await exists(`${path}.bak`);
    if (!isKept) await keepAs(path, `${path}.bak`);
    await writeWhole(path, text);
    yield* noticesOf(
      isKept
        ? `corrected ${path}; ${path}.bak was there before, and stays as it is`
        : `corrected ${path}, and kept it as it was as ${path}.bak`,
    );
  }
  return report;
}

/** @throws UserError if one of the files cannot be changed in place, or several would be written into one */
async function refuseFiles(files: readonly string[], output: string | undefined): Promise<void> {
  if (output !== undefined && files.length > 1)
    throw badUsage(
      '-o names one file, and there are several corpora',
      'leave out -o, and each is corrected in its place',
    );
  for (const path of files) {
    if (path === STANDARD_STREAM || !(await isRegularFile(path)))
      throw badUsage(`${nameOf(path)} is no file that can be corrected`, 'name the files of the corpus');
    if (await isGzipFile(path))
      throw badUsage(`${path} is gzip, which cannot be corrected in its place`, `unpack it first: gunzip ${path}`);
  }
}

/**
 * Finds the sentences that change.
 *
 * @throws UserError that names the decisions that do not fit, exit code 3
 */
function findChanges(
  decisions: readonly Decision[],
  { sentences, scheme }: LabelledCorpus,
  places: readonly SentencePlace[],
): {
  readonly changes: readonly Change[];
  readonly same: number;
  readonly skipped: number;
  readonly stillUnknown: number;
} {
  const byId = new Map(places.map(({ id }, index) => [plainId(id), index]));
  const readSpans = createScoredReader(scheme);
  const changes: Change[] = [];
  const problems: string[] = [];
  let [same, stillUnknown] = [0, 0];
  for (const decision of decisions) {
    if (!decision.isAccepted) continue;
    const index = byId.get(plainId(decision.id));
    const sentence = index === undefined ? undefined : sentences[index];
    if (index === undefined || !sentence) {
      problems.push(`${decision.place}: no sentence begins at ${decision.id}`);
      continue;
    }
    const after = spansOfDecision(decision, sentence.tokens);
    if (typeof after === 'string') {
      problems.push(`${decision.place}: ${decision.id}: ${after}`);
      continue;
    }
    const before = readSpans(sentence.tags);
    // Where tags are plain, nothing is outside: a token that got no tag remains as it is.
    const isOpen = ({ start }: Span): boolean =>
      sentence.possible?.[start] !== undefined && !after.some((span) => span.start === start);
    const kept = hasSpans(scheme) ? [] : before.filter(isOpen);
    stillUnknown += kept.length;
    const whole = inOrder([...after, ...kept]);
    const isClosed = hasSpans(scheme) && sentence.possible?.some((labels) => labels !== undefined);
    if (areSame(before, whole) && !isClosed) same++;
    else changes.push({ index, sentence, place: at(places, index), decision, before, after: whole });
  }
  if (problems.length > 0) {
    const more = problems.length > FEW ? [`... and ${grouped(problems.length - FEW)} more`] : [];
    throw badInput(
      [`${counted(problems.length, 'decision')} cannot be applied:`, ...problems.slice(0, FEW), ...more].join('\n  '),
      'nothing was written; the corpus must be as it was when rnn doubt read it, and be named as it was',
    );
  }
  return { changes, same, stillUnknown, skipped: decisions.filter(({ isAccepted }) => !isAccepted).length };
}

function inOrder(spans: readonly Span[]): Span[] {
  return [...spans].sort((a, b) => a.start - b.start);
}

/** Returns the file that the identifier of a sentence names. */
function fileOf(id: string): string {
  return plainId(id).replace(/:\d+(?:#\d+)?$/, '');
}

/** Tells of decisions that are about none of the files. */
function elsewhereNotices(decisions: readonly Decision[]): string[] {
  if (decisions.length === 0) return [];
  const counts = [...countEach(decisions.map(({ id }) => fileOf(id)))].map(([file, count]) => `${file} (${count})`);
  const shown = counts.length > FEW ? [...counts.slice(0, FEW), '...'] : counts;
  return [`warning: ${counted(decisions.length, 'decision')} left out, about other files: ${shown.join(', ')}`];
}

/** Returns an identifier without what two spellings of a path may differ in. */
function plainId(id: string): string {
  return id.replace(/^(?:\.\/)+/, '');
}
