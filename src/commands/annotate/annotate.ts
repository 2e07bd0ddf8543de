import type { PickOrder } from '../../annotation/choice.js';
import { Decisions } from '../../annotation/decisions.js';
import { type AnnotationRecord, readRecords, writeRecord } from '../../annotation/record.js';
import { matchDecisions, recordsOfReview } from '../../annotation/resume.js';
import { type AnnotationSentence, identify } from '../../annotation/sentence.js';
import { badInput, badUsage } from '../../errors.js';
import { annotationPage } from '../../export/annotation-page.js';
import type { CorpusReading } from '../../formats/format.js';
import { labelsOf } from '../../model/language.js';
import { lockFile } from '../../node/file-lock.js';
import { exists } from '../../node/files.js';
import { type LineFile, openLineFile } from '../../node/line-file.js';
import { openModel, readModelFile } from '../../node/model-file.js';
import { readAnnotationPage } from '../../node/package-files.js';
import { createAnnotationApp } from '../../server/annotation-app.js';
import { counted, grouped } from '../../text/counts.js';
import { hasSpans } from '../../text/scheme.js';
import { type Notice, noticesOf } from '../story.js';
import { CurveFile } from './curve-file.js';
import { readFindings } from './findings.js';
import { AnnotationSession } from './session.js';
import { readTexts } from './texts.js';

export interface AnnotateOptions {
  /** Files of texts or labelled corpora, `-` for stdin. */
  readonly texts: readonly string[];
  readonly reading: CorpusReading;
  /** The findings of a review; then there are no texts. */
  readonly review: string | undefined;
  /** The labels in the order of their keys; by default those of the texts and of earlier decisions. */
  readonly labels: readonly string[];
  /** Where decisions go. */
  readonly output: string;
  /** Where a model is saved on wish. */
  readonly model: string;
  /** Whether the model, if it is there, suggests from the beginning. */
  readonly startsFromModel: boolean;
  readonly order: PickOrder;
  readonly seed: number;
  readonly host: string;
  readonly port: number;
  /** Returns the seconds since any fixed moment. */
  readonly clock: () => number;
  /** Is told of errors while the server runs. */
  readonly onFailure: (error: Error) => void;
}

/** The work of a person that goes on until it is closed. */
export interface AnnotationServer {
  readonly url: string;
  /**
   * Answers the requests that have come, and ends.
   *
   * @returns whether all of them were answered, none given up because it took too long
   */
  close(): Promise<boolean>;
  /** Says what was done. */
  summary(): string;
}

/** Where decisions go, those of a review too, and where the page is, if nothing is said. */
export const USUAL = { output: 'annotated.jsonl', reviewed: 'reviewed.jsonl', host: '127.0.0.1', port: 8090 } as const;

/** Maximum time for a request to arrive, in seconds. */
const TIMEOUT = 10;

/**
 * Serves a page on which a person labels sentences, until it is closed.
 *
 * @throws UserError if there is nothing to label, or a label is none, exit code 2; if texts, findings or earlier decisions cannot be read,
 * exit code 3; if another process writes the same file, or the address cannot be listened on
 */
export async function* annotate(options: AnnotateOptions): AsyncGenerator<Notice, AnnotationServer, undefined> {
  const { output, review, host, port } = options;
  const isReview = review !== undefined;
  checkSubject(options);
  checkLabels(options.labels);
  const read = isReview ? await readFindings(review) : identify(yield* readTexts(options.texts, options.reading));
  const lock = await lockFile(output);
  let close = async (): Promise<void> => lock.release();
  try {
    const file = await openLineFile(output, isWhole);
    close = async () => {
      await file.close();
      lock.release();
    };
    if (file.cutOff !== '')
      yield* noticesOf(
        `warning: ${output}: its last record was cut short by a stop, and is removed: ${file.cutOff.slice(0, 60)}`,
      );
    const records = readRecords(file.text, output);
    const kept = isReview ? recordsOfReview(read, records) : records;
    yield* noticesOf(...outdatedNotice(output, records, kept));
    const decisions = new Decisions(kept);
    const before = decisions.all().length;
    const sentences = isReview ? read : matchDecisions(read, decisions);
    if (!isReview) yield* takeGiven(sentences, decisions, file);
    const { model, startsFromModel } = options;
    const initFrom = startsFromModel && !isReview && (await exists(model)) ? model : undefined;
    const { labels, addedLabels } = yield* offeredLabels(options, sentences, decisions, initFrom);
    yield* noticesOf(...describeStart(output, sentences, decisions, before));
    if (initFrom !== undefined)
      yield* noticesOf(`${initFrom} suggests from the beginning, and models that learn from decisions go on with it`);
    const accepted = decisions.all().filter(({ answer }) => answer === 'accept').length;
    const curve = isReview ? undefined : await CurveFile.open(output, options.seed, accepted);
    const session = new AnnotationSession({
      ...options,
      curve,
      ...{ sentences, decisions, file, labels, addedLabels, isReview, modelPath: model, initFrom },
    });
    close = async () => {
      await session.close();
      lock.release();
    };
    await session.start();
    const { script, style } = await readAnnotationPage();
    const app = createAnnotationApp(session, {
      ...{ host, onFailure: options.onFailure },
      page: { html: annotationPage(), script, style },
    });
    // Loads WebAssembly of Node itself, which ends the process without a word where the kernels' fails with a message.
    const { listen } = await import('../../server/listen.js');
    const server = await listen(app, { host, port, timeout: TIMEOUT });
    return {
      url: server.url,
      summary: () => summaryOf(options, session),
      async close() {
        const isAnswered = await server.close();
        await close();
        return isAnswered;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws UserError if there is nothing to label, or both texts and findings, exit code 2 */
function checkSubject({ texts, review }: AnnotateOptions): void {
  if (review !== undefined && texts.length > 0)
    throw badUsage('--review takes its sentences from the findings', 'leave the texts out');
  if (review === undefined && texts.length === 0)
    throw badUsage(
      'no texts to label',
      'name files, or - for stdin, as in rnn annotate texts.txt --labels PER,ORG,LOC',
    );
}

/** @throws UserError if a name is none of a kind of entities, exit code 2 */
function checkLabels(labels: readonly string[]): void {
  const spaced = labels.find((label) => /\s/.test(label));
  if (spaced !== undefined)
    throw badUsage(
      `labels: expected names without white space, found ${JSON.stringify(spaced)}`,
      `write ${spaced.trim().replace(/\s+/g, '_')}; commas stand between names`,
    );
  if (labels.includes('') || new Set(labels).size !== labels.length)
    throw badUsage(`labels: expected different names, found ${labels.join(',')}`);
  if (labels.includes('O'))
    throw badUsage('labels: expected names of entities, and O is the tag of tokens outside all of them');
}

/** Tells of decisions that are not kept. */
function outdatedNotice(
  output: string,
  records: readonly AnnotationRecord[],
  kept: readonly AnnotationRecord[],
): string[] {
  const ids = new Set(records.map(({ id }) => id));
  for (const { id } of kept) ids.delete(id);
  if (ids.size === 0) return [];
  const end =
    ids.size === 1
      ? 'is about other tokens than the finding of its id, and counts no longer'
      : 'are about other tokens than the findings of their ids, and count no longer';
  return [`${counted(ids.size, 'decision')} in ${output} ${end}`];
}

/** Whether a last line without an end is a whole record. */
function isWhole(line: string): boolean {
  try {
    return readRecords(line, '').length === 1;
  } catch {
    return false;
  }
}

/**
 * Takes the labels that people gave whole sentences before as decisions; those of sentences of which a part is not labelled, and
 * those of a model, remain proposals.
 */
async function* takeGiven(
  sentences: readonly AnnotationSentence[],
  decisions: Decisions,
  file: LineFile,
): AsyncGenerator<Notice, void, undefined> {
  const records = sentences.flatMap(({ id, text, tokens, given, isGuess, isPartial }): AnnotationRecord[] => {
    if (!given || isGuess || isPartial || decisions.latest(id)) return [];
    return [{ id, text, tokens, spans: given, answer: 'accept', order: 'given' }];
  });
  if (records.length > 0) {
    await file.append(records.map(writeRecord).join(''));
    for (const record of records) decisions.add(record);
    yield* noticesOf(`${counted(records.length, 'sentence')} came with labels, which count as decided`);
  }
  const partial = sentences.filter(({ id, isPartial, isGuess }) => isPartial && !isGuess && !decisions.find(id)).length;
  if (partial === 0) return;
  const stay =
    partial === 1
      ? 'is labelled in part, and stays to be decided; its entities are proposed'
      : 'are labelled in part, and stay to be decided; their entities are proposed';
  yield* noticesOf(`${counted(partial, 'sentence')} ${stay}`);
}

/**
 * Returns the labels that are offered, in the order of their keys: those that were named, and those that occur. Those of a model
 * are offered where none were named; else it does not suggest others. Added are those that occur in decisions alone, skipped sentences
 * included.
 */
async function* offeredLabels(
  { labels }: AnnotateOptions,
  sentences: readonly AnnotationSentence[],
  decisions: Decisions,
  initFrom: string | undefined,
): AsyncGenerator<Notice, { labels: string[]; addedLabels: string[] }, undefined> {
  const ofTexts = sentences.flatMap(({ given = [], otherReading }) => [...given, ...(otherReading?.suggested ?? [])]);
  const spans = [...ofTexts, ...decisions.all().flatMap((record) => record.spans)];
  const found = [...new Set(spans.map(({ label }) => label))].sort();
  const others = found.filter((label) => !labels.includes(label));
  if (labels.length > 0 && others.length > 0)
    yield* noticesOf(`labels that occur and are not among --labels, which are offered too: ${others.join(', ')}`);
  const ofModel = initFrom === undefined ? [] : await labelsOfModel(initFrom);
  const unknown = ofModel.filter((label) => ![...labels, ...others].includes(label));
  if (labels.length > 0 && unknown.length > 0)
    yield* noticesOf(`labels of ${initFrom} that are not among --labels are not suggested: ${unknown.join(', ')}`);
  const offered = [...labels, ...others, ...(labels.length === 0 ? unknown : [])];
  if (offered.length === 0) throw badUsage('no labels to choose from', 'name them, as in --labels PER,ORG,LOC');
  if (labels.length === 0 && offered.length > 1)
    yield* noticesOf(`labels in the order of their keys: ${offered.join(', ')}; --labels says another order`);
  const lasting = new Set([...labels, ...ofTexts.map(({ label }) => label), ...ofModel]);
  return { labels: offered, addedLabels: offered.filter((label) => !lasting.has(label)) };
}

/** @throws UserError if there is no such checkpoint, or its tags mark no names, exit code 3 */
async function labelsOfModel(path: string): Promise<string[]> {
  const { language } = openModel(await readModelFile(path));
  if (hasSpans(language.scheme)) return labelsOf(language);
  throw badInput(`${path}: its tags mark no names, which it could suggest`, 'leave out -m');
}

function describeStart(
  output: string,
  sentences: readonly AnnotationSentence[],
  decisions: Decisions,
  before: number,
): string[] {
  const ids = new Set(sentences.map(({ id }) => id));
  const others = decisions.all().filter(({ id }) => !ids.has(id)).length;
  const open = sentences.filter(({ id }) => !decisions.find(id)).length;
  const known = before === 0 ? '' : `${output} has ${counted(before, 'decision')}`;
  const elsewhere = others === 0 ? '' : `, ${grouped(others)} of them about other texts, which count too`;
  return [
    ...(known === '' ? [] : [known + elsewhere]),
    `${counted(sentences.length, 'sentence')}, ${grouped(open)} to be decided`,
  ];
}

function summaryOf({ output, review }: AnnotateOptions, session: AnnotationSession): string {
  const { accepted, skipped, left } = session.overview();
  const what = `${grouped(accepted)} accepted, ${grouped(skipped)} skipped, ${grouped(left)} left`;
  if (accepted === 0) return `${output}: ${what}`;
  const next = review === undefined ? `rnn train ${output}` : `rnn doubt CORPUS --apply ${output}`;
  return `${output}: ${what}; try ${next}`;
}
