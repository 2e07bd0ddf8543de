import { Chooser, isInSample, type Pick as PickedSentence, type PickOrder } from '../../annotation/choice.js';
import type { Decisions } from '../../annotation/decisions.js';
import { FEWEST_SCORED } from '../../annotation/learning.js';
import type {
  DecisionRequest,
  DoneList,
  DoneSentence,
  OfferedLabel,
  Overview,
  ShownSentence,
  ShownSpan,
  Step,
  UndoStep,
} from '../../annotation/protocol.js';
import { type AnnotationRecord, writeRecord } from '../../annotation/record.js';
import type { AnnotationSentence, SentenceId } from '../../annotation/sentence.js';
import type { AnnotationService } from '../../annotation/service.js';
import { badUsage } from '../../errors.js';
import type { LineFile } from '../../node/line-file.js';
import { at } from '../../text/at.js';
import type { CurveFile } from './curve-file.js';
import { LearningLoop } from './learning-loop.js';
import { Suggestions } from './suggestions.js';

export interface SessionOptions {
  readonly sentences: readonly AnnotationSentence[];
  readonly decisions: Decisions;
  readonly file: LineFile;
  /** Name of the file, for messages. */
  readonly output: string;
  /** The labels in the order of their keys. */
  readonly labels: readonly string[];
  /** The labels that came from decisions alone. Each may be removed when no decision uses it. */
  readonly addedLabels: readonly string[];
  readonly order: PickOrder;
  readonly seed: number;
  readonly isReview: boolean;
  readonly modelPath: string;
  readonly initFrom: string | undefined;
  /** The scores of models so far; undefined in a review, where none learns. */
  readonly curve: CurveFile | undefined;
  /** Returns the seconds since any fixed moment. */
  readonly clock: () => number;
  readonly onFailure: (error: Error) => void;
}

/** The length of texts in the list of what is done, in UTF-16 units. */
const SHORT = 200;

/** The work of a person on some sentences: what is asked, what was decided, and the model that learns from it. */
export class AnnotationSession implements AnnotationService {
  readonly #options: SessionOptions;
  readonly #loop: LearningLoop | undefined;
  readonly #chooser: Chooser;
  /** The place of each sentence among the texts. */
  readonly #places: ReadonlyMap<SentenceId, number>;
  /** The sentences of the random tenth. */
  readonly #sample: readonly SentenceId[];
  /** The labels in the order of their keys. */
  readonly #labels: Set<string>;
  /** The labels that remain even if no decision uses them. */
  readonly #lastingLabels: ReadonlySet<string>;
  readonly #suggestions: Suggestions;
  /** The sentence that is asked now. */
  #current: PickedSentence | undefined;

  constructor(options: SessionOptions) {
    const { sentences, seed, order, isReview, labels, addedLabels } = options;
    this.#options = options;
    this.#places = new Map(sentences.map(({ id }, index) => [id, index]));
    this.#labels = new Set(labels);
    this.#lastingLabels = new Set(labels.filter((label) => !addedLabels.includes(label)));
    this.#suggestions = new Suggestions(sentences);
    const ids = sentences.map(({ id }) => id);
    this.#sample = ids.filter((id) => isInSample(id, seed));
    this.#chooser = new Chooser(ids, isReview ? 'given' : order, seed);
    const { curve } = options;
    if (!curve) return;
    this.#loop = new LearningLoop({
      ...options,
      curve,
      decisions: () => options.decisions.all(),
      onModel: (learner, round) => this.#suggestions.readCandidates(learner, round, this.#chooser, this.#isOpen),
    });
  }

  /** @throws UserError if the model to begin with cannot be opened, exit code 3 */
  async start(): Promise<void> {
    await this.#loop?.start();
  }

  async current(): Promise<Step> {
    const index = await this.#pick();
    return this.#step(index === undefined ? undefined : at(this.#options.sentences, index));
  }

  async find(id: SentenceId): Promise<Step> {
    return this.#step(this.#find(id));
  }

  overview(): Overview {
    const { decisions, sentences, isReview, output, seed } = this.#options;
    const all = decisions.all();
    const accepted = all.filter(({ answer }) => answer === 'accept');
    const done = sentences.reduce((sum, { id }) => sum + (decisions.find(id) ? 1 : 0), 0);
    const sampled = accepted.filter(({ id }) => isInSample(id, seed)).length;
    return {
      ...{ isReview, output },
      labels: this.#describeLabels(all),
      ...{ total: sentences.length, left: sentences.length - done },
      ...{ accepted: accepted.length, skipped: all.length - accepted.length },
      sampled: {
        accepted: sampled,
        left: this.#sample.filter((id) => !decisions.find(id)).length,
        fewest: FEWEST_SCORED,
      },
      ...(this.#loop?.describe(accepted.length) ?? { curve: [] }),
    };
  }

  async decide({ id, answer, spans, note }: DecisionRequest): Promise<Step> {
    const sentence = this.#find(id);
    checkSpans(spans, sentence.tokens.length);
    const own = this.#options.decisions.find(id);
    const current = this.#places.get(id) === this.#current?.index ? this.#current?.order : undefined;
    await this.#save({
      ...{ id, text: sentence.text, tokens: sentence.tokens },
      ...{ spans: [...spans].sort((a, b) => a.start - b.start), answer },
      ...(note !== undefined && note.trim() !== '' && { note: note.trim() }),
      order: own?.order ?? current ?? 'given',
    });
    return this.current();
  }

  async undo(): Promise<UndoStep> {
    const { decisions, file } = this.#options;
    const undo = decisions.lastUndo();
    if (!undo) return { ...(await this.current()), isTakenBack: false };
    await file.append(writeRecord(undo.record));
    decisions.undo();
    this.#offerLabels(undo.record);
    this.#loop?.hear(undo.undone.answer === 'accept' || undo.record.answer === 'accept');
    const index = this.#places.get(undo.undone.id);
    if (index !== undefined && undo.record.isUndone) this.#current = { index, order: undo.undone.order };
    const { sentence, overview } = this.#step(this.#find(undo.undone.id));
    // What was taken back is on the screen again as it was decided, to be changed.
    const { isUndone } = undo.record;
    const shown = sentence && { ...sentence, ...(isUndone && { spans: undo.undone.spans }) };
    return { overview, ...(shown && { sentence: shown }), isTakenBack: true };
  }

  removeLabel(label: string): Overview {
    if (!this.overview().labels.some(({ name, isRemovable }) => name === label && isRemovable))
      throw badUsage(`${label} cannot be removed: it is in use, or was not added on this page`);
    this.#labels.delete(label);
    return this.overview();
  }

  done(from: number, most: number, search: string): DoneList {
    const wanted = search.toLowerCase();
    const found = this.#options.decisions
      .all()
      .reverse()
      .filter(({ text, note = '' }) => wanted === '' || `${text}\n${note}`.toLowerCase().includes(wanted));
    return { sentences: found.slice(from, from + most).map(toDone), count: found.length };
  }

  async saveModel(): Promise<{ path: string; notices: readonly string[] }> {
    const learner = this.#loop?.learner;
    if (!learner || this.#loop?.round === 0) throw badUsage('no model has learnt yet');
    const path = this.#options.modelPath;
    return { path, notices: await learner.save(path) };
  }

  async close(): Promise<void> {
    this.#loop?.close();
    await this.#options.file.close();
  }

  /** Returns the labels in the order of their keys, with their entities in accepted sentences. */
  #describeLabels(decided: readonly AnnotationRecord[]): OfferedLabel[] {
    const kept = new Set(this.#lastingLabels);
    const counts = new Map([...this.#labels].map((name) => [name, 0]));
    for (const { spans, answer } of decided)
      for (const { label } of spans) {
        kept.add(label);
        if (answer === 'accept') counts.set(label, (counts.get(label) ?? 0) + 1);
      }
    return [...counts].map(([name, count]) => ({ name, count, ...(!kept.has(name) && { isRemovable: true }) }));
  }

  /** Offers the labels of a decision. */
  #offerLabels({ spans }: AnnotationRecord): void {
    for (const { label } of spans) this.#labels.add(label);
  }

  /** Saves a decision: once this returns, it is on the disk. */
  async #save(record: AnnotationRecord): Promise<void> {
    const { file, decisions } = this.#options;
    const before = decisions.find(record.id);
    await file.append(writeRecord(record));
    decisions.add(record);
    this.#offerLabels(record);
    this.#loop?.hear(record.answer === 'accept' || before?.answer === 'accept');
  }

  readonly #isOpen = (index: number): boolean => {
    const { sentences, decisions } = this.#options;
    return decisions.find(at(sentences, index).id) === undefined;
  };

  /** Returns the place of the sentence to be asked, the same until it is decided. */
  async #pick(): Promise<number | undefined> {
    if (!this.#current || !this.#isOpen(this.#current.index))
      this.#current = this.#chooser.next(this.#isOpen, this.#options.decisions.all().length);
    const index = this.#current?.index;
    const { learner, round = 0 } = this.#loop ?? {};
    if (learner && index !== undefined) await this.#suggestions.readSoon(learner, round, index);
    return index;
  }

  /** @throws UserError if there is no such sentence, exit code 2 */
  #find(id: SentenceId): AnnotationSentence {
    const { sentences, decisions } = this.#options;
    const index = this.#places.get(id);
    if (index !== undefined) return at(sentences, index);
    const record = decisions.latest(id);
    if (!record) throw badUsage(`no sentence is called ${JSON.stringify(id)}`);
    return { id, text: record.text, tokens: record.tokens };
  }

  #step(sentence: AnnotationSentence | undefined): Step {
    return { overview: this.overview(), ...(sentence && { sentence: this.#show(sentence) }) };
  }

  #show(sentence: AnnotationSentence): ShownSentence {
    const { id, text, tokens, given = [], otherReading } = sentence;
    const { sentences, decisions } = this.#options;
    const index = this.#places.get(id);
    const before = index === undefined ? undefined : sentences[index - 1]?.text;
    const after = index === undefined ? undefined : sentences[index + 1]?.text;
    const own = decisions.find(id);
    return {
      ...{ id, text, tokens: tokens.map(({ start, end }) => [start, end] as const) },
      spans: own ? own.spans : this.#proposed(sentence),
      ...(before !== undefined && { before: before.slice(-SHORT) }),
      ...(after !== undefined && { after: after.slice(0, SHORT) }),
      ...(own && { answer: own.answer, ...(own.note !== undefined && { note: own.note }) }),
      ...(otherReading && { review: { given, ...otherReading } }),
    };
  }

  /** Returns the entities to begin with: those that people gave, and beside them those of the newest model, else of an earlier one. */
  #proposed({ id, given = [], isGuess }: AnnotationSentence): readonly ShownSpan[] {
    const reading = this.#suggestions.find(this.#places.get(id) ?? -1);
    const own = isGuess ? [] : given;
    const found = reading?.spans.filter(({ label }) => this.#labels.has(label)) ?? (isGuess ? given : []);
    const suggested = found
      .filter((span) => !own.some(({ start, end }) => start < span.end && span.start < end))
      .map((span) => ({ ...span, isSuggestion: true }));
    return [...own, ...suggested].sort((a, b) => a.start - b.start);
  }
}

/** @throws UserError if spans are no ranges of the tokens, or overlap, exit code 2 */
function checkSpans(spans: DecisionRequest['spans'], length: number): void {
  let last = 0;
  for (const { label, start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < last || start >= end || end > length)
      throw badUsage(`${label}, ${start} to ${end}: expected ranges of ${length} tokens that do not overlap`);
    last = end;
  }
}

function toDone({ id, text, answer, spans, note }: AnnotationRecord): DoneSentence {
  const labels = spans.map(({ label }) => label);
  return { id, text: text.slice(0, SHORT), answer, labels, ...(note !== undefined && { note }) };
}
