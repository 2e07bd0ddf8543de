import type { Overview, ShownSpan, Step } from '../annotation/protocol.js';
import { labelColours } from '../reports/label-colours.js';
import { counted } from '../text/counts.js';
import { DoneList } from './annotate-done.js';
import { describeChoices, quoted } from './annotate-hint.js';
import { nameOfKey } from './annotate-keys.js';
import { LabelBar } from './annotate-labels.js';
import { flash, hideTrouble, said, say, showTrouble } from './annotate-messages.js';
import { showChosen, showReview } from './annotate-review.js';
import { describe, SentenceView } from './annotate-sentence.js';
import { server } from './annotate-server.js';
import { isSame, labelRange, overlap, removeRange, spanAt, targetOf } from './annotate-spans.js';
import { element, showStatus } from './annotate-status.js';
import { labelsOf, usesLabel, type Work } from './annotate-work.js';

/** How often the state of the model is asked for, in milliseconds. */
const INTERVAL = 2000;

/** How long a sentence is on the screen at least before it is accepted, in milliseconds: nobody has read it sooner. */
const LEAST_LOOK = 300;

/** How long suggestions that came later are on the screen at least before they are accepted, in milliseconds: a person was about to press Enter. */
const LEAST_LOOK_AT_SUGGESTIONS = 400;

const TOO_FAST = 'Not decided: too fast';
const NEW_SUGGESTIONS = 'Not decided: suggestions have just come';

let work: Work | undefined;
/** What was begun on sentences that the person has left for others, by their identifiers. */
const drafts = new Map<string | number, Work & { readonly note: string }>();
let isBusy = false;
/** From when on the sentence can be accepted, in milliseconds of the page. */
let acceptableFrom = 0;
/** What to say to a person who accepts it sooner. */
let whyNot = TOO_FAST;
/** How many sentences are still to be skipped, one for each press. */
let skips = 0;
let labels: readonly string[] = [];
/** Returns the colours of labels as other commands have them, whatever the order of their keys. */
const coloursOf = (names: readonly string[]) => labelColours([...names].sort());
let hueOfLabel = coloursOf(labels);
const hueOf = (label: string): number => hueOfLabel(label).hue;

const note = element<HTMLInputElement>('note');
const search = element<HTMLInputElement>('search-label');
const keys = element<HTMLDialogElement>('keys');
const view = new SentenceView(element('sentence'), { onSelect: showHint });
const bar = new LabelBar(
  element('labels'),
  search,
  hueOf,
  (label, isPointer) => {
    // Who clicks a label first has not seen that the cursor is at the first word.
    if (view.isPointed || !isPointer) apply(label);
    else showHint();
    view.focus();
  },
  (label) => void removeLabel(label).then(() => view.focus()),
);
const done = new DoneList(hueOf, (id) => void leaveFor(() => server.find(id)), showTrouble);

/** Asks the server, and shows the sentence that it answers with, and what has happened; tells whether it has answered. */
async function follow<Answer extends Step>(
  ask: () => Promise<Answer>,
  describeAnswer: (answer: Answer) => string = () => '',
): Promise<boolean> {
  if (isBusy) return false;
  isBusy = true;
  document.body.setAttribute('aria-busy', 'true');
  try {
    const step = await ask();
    const happened = describeAnswer(step);
    work = undefined; // so that its labels no longer count as begun
    hideTrouble();
    flash(happened);
    showOverview(step.overview);
    showSentence(step, happened);
    void done.refresh();
    return true;
  } catch (error) {
    flash('');
    showTrouble(error);
    return false;
  } finally {
    isBusy = false;
    document.body.removeAttribute('aria-busy');
  }
}

/** Leaves the sentence for another one, and keeps what was begun on it. */
async function leaveFor<Answer extends Step>(
  ask: () => Promise<Answer>,
  describeAnswer?: (answer: Answer) => string,
): Promise<void> {
  if (work && (work.history.length > 0 || note.value !== (work.sentence.note ?? '')))
    drafts.set(work.sentence.id, { ...work, note: note.value });
  // Whoever goes to a sentence knows which one it is.
  if (await follow(ask, describeAnswer)) acceptableFrom = 0;
}

function showOverview(overview: Overview): void {
  const begun = work ? [...drafts.values(), work] : [...drafts.values()];
  const names = [...new Set([...overview.labels.map(({ name }) => name), ...begun.flatMap(labelsOf)])];
  if (names.join('\t') !== labels.join('\t')) {
    labels = names;
    hueOfLabel = coloursOf(labels);
  }
  bar.show(overview.labels);
  showStatus(overview);
  document.body.classList.toggle('is-review', overview.isReview);
}

function showSentence({ sentence, overview }: Step, happened: string): void {
  acceptableFrom = performance.now() + LEAST_LOOK;
  whyNot = TOO_FAST;
  element('finished').hidden = sentence !== undefined;
  element('before').textContent = sentence?.before ?? '';
  element('after').textContent = sentence?.after ?? '';
  note.value = sentence?.note ?? '';
  for (const id of ['accept', 'skip', 'empty', 'remove']) element<HTMLButtonElement>(id).disabled = !sentence;
  window.scrollTo(0, 0);
  if (!sentence) {
    work = undefined;
    view.clear();
    element('review').hidden = true;
    const { isReview, output } = overview;
    element('finished').textContent = isReview
      ? `All is decided, and saved in ${output}. Ctrl-C in the terminal ends rnn annotate.`
      : `All is labelled, and saved in ${output}. Ctrl-C in the terminal ends rnn annotate; then: rnn train ${output}`;
    say([happened, element('finished').textContent].filter(Boolean).join('. '));
    showHint();
    return;
  }
  const draft = drafts.get(sentence.id);
  drafts.delete(sentence.id);
  work = draft ? { ...draft, sentence } : { sentence, spans: sentence.spans, history: [] };
  if (draft) note.value = draft.note;
  showReview(element('review'), sentence, hueOf, choose);
  showChosen(element('review'), sentence, work.spans);
  view.show(sentence, work.spans, hueOf);
  if (!done.isOpen || document.activeElement === document.body) view.focus();
  showHint();
  saySentence(work, happened);
}

/** Says what has happened, and then the sentence, to those who hear the page. */
function saySentence({ sentence, spans }: Work, happened: string): void {
  const found = spans.map((span) => `${view.textOf(span)}: ${describe(span)}`).join('; ');
  say([happened, sentence.text.slice(0, 500), found].filter(Boolean).join('. '));
}

/** Shows what the person can do now. */
function showHint(): void {
  const hint = element('hint');
  const { selected } = view;
  hint.textContent = '';
  if (!work || !selected) return;
  hint.textContent = describeChoices(work, selected, view);
  element<HTMLButtonElement>('remove').disabled = !work.spans.some((span) => overlap(span, selected));
}

/** Changes the entities, so that the change can be undone; entities that are there already are no change. */
function change(spans: readonly ShownSpan[], what: string): void {
  if (!work) return;
  const isNew = !isSame(spans, work.spans) || countSuggestions(spans) !== countSuggestions(work.spans);
  if (isNew) work.history.push(work.spans);
  work.spans = spans;
  view.mark(spans);
  showChosen(element('review'), work.sentence, spans);
  flash('');
  showHint();
  say(what);
}

function countSuggestions(spans: readonly ShownSpan[]): number {
  return spans.filter(({ isSuggestion }) => isSuggestion).length;
}

function apply(label: string): void {
  const selected = view.selected;
  if (!work || !selected || isBusy) return;
  const spans = labelRange(work.spans, selected, label);
  const labelled = spanAt(spans, selected.start) ?? selected;
  if (!labels.includes(label)) addLabel(label);
  change(spans, `${view.textOf(labelled)}: ${label}`);
  view.unselect(labelled.end - 1);
  showHint();
}

/** Removes a label that neither a decision nor a sentence that is begun uses. */
async function removeLabel(label: string): Promise<void> {
  const draft = [...drafts.values()].find((each) => usesLabel(each, label));
  if (work && usesLabel(work, label)) {
    flash(`${label} is used in this sentence`);
  } else if (draft) {
    flash(`${label} is used in a sentence that is begun: ${quoted(draft.sentence.text)}`);
  } else {
    try {
      showOverview(await server.removeLabel(label));
      hideTrouble();
      if (work) view.mark(work.spans); // in the colours of the labels that are left
      flash(`Label ${label} removed`);
    } catch (error) {
      showTrouble(error);
    }
  }
  say(said());
}

/** Adds a label that the person has made, which the server knows from the first decision with it. */
function addLabel(label: string): void {
  labels = [...labels, label];
  hueOfLabel = coloursOf(labels);
}

function remove(): void {
  const selected = view.selected;
  if (!work || !selected || isBusy) return;
  const range = targetOf(work.spans, selected);
  if (!work.spans.some((span) => overlap(span, range))) return;
  change(removeRange(work.spans, range), `${view.textOf(range)}: no entity`);
  view.unselect();
}

function empty(): void {
  if (work && work.spans.length > 0) change([], 'No entity is left');
}

/** Accepts the sentence, unless it or suggestions have just come: the press is meant for what was there before. */
async function accept(): Promise<void> {
  if (!work || isBusy) return;
  if (performance.now() < acceptableFrom) {
    flash(whyNot);
    saySentence(work, whyNot);
  } else await decide(work, 'accept');
}

/** Skips a sentence for each press at once, also for one that comes while a skip is being saved; no more where one is not saved. */
async function skip(): Promise<void> {
  skips++;
  if (skips > 1) return;
  while (skips > 0 && work && !isBusy && (await decide(work, 'skip'))) skips--;
  skips = 0;
}

/** Saves a decision, and shows the next sentence; tells whether it is saved. */
function decide({ sentence, spans }: Work, answer: 'accept' | 'skip'): Promise<boolean> {
  const { id } = sentence;
  const ranges = spans.map(({ label, start, end }) => ({ label, start, end }));
  flash('saving …');
  return follow(
    () => server.decide({ id, answer, spans: ranges, note: note.value }),
    () => describeDecision(answer, ranges.length),
  );
}

function describeDecision(answer: 'accept' | 'skip', count: number): string {
  if (answer === 'skip') return 'Skipped, saved';
  return `Accepted ${count === 0 ? 'without names' : `with ${counted(count, 'name')}`}, saved`;
}

async function undo(): Promise<void> {
  if (isBusy) return;
  const before = work?.history.pop();
  if (work && before) {
    work.spans = before;
    view.mark(before);
    showChosen(element('review'), work.sentence, before);
    showHint();
    say('Undone');
    return;
  }
  await leaveFor(
    () => server.undo(),
    ({ isTakenBack }) => (isTakenBack ? 'Taken back' : 'There is nothing to take back'),
  );
}

async function saveModel(): Promise<void> {
  try {
    const { path, notices } = await server.saveModel();
    hideTrouble();
    flash([`Model saved as ${path}`, ...notices].join('; '));
    say(`Model saved as ${path}`);
  } catch (error) {
    showTrouble(error);
  }
}

/** What keys do, by their names. */
const ACTIONS: Readonly<Record<string, () => void>> = {
  Enter: () => void accept(),
  x: empty,
  s: () => void skip(),
  u: () => void undo(),
  n: () => note.focus(),
  d: () => done.toggle(),
  '/': () => search.focus(),
  '?': () => keys.showModal(),
  Delete: remove,
  Backspace: remove,
  Escape: () => {
    if (matchMedia('(max-width: 70rem)').matches) done.close();
    view.unselect();
    view.focus();
    showHint();
  },
  a: () => choose(work?.sentence.review?.given),
  b: () => choose(work?.sentence.review?.suggested),
};

/** Takes one of the readings of a review, which is on the screen then, to be accepted or edited. */
function choose(spans: readonly ShownSpan[] | undefined): void {
  if (!work || !spans || isBusy) return;
  const isGiven = spans === work.sentence.review?.given;
  change(spans, isGiven ? 'Reading A, as it is labelled' : 'Reading B, the other one');
  view.focus();
}

document.addEventListener('keydown', (event) => {
  if (event.isComposing) return;
  if (keys.open) {
    if (event.key === '?') keys.close();
    return;
  }
  const target = event.target as HTMLElement;
  if (target.matches('input')) {
    // Enter of the search for labels is its own.
    if (event.key !== 'Escape' && !(event.key === 'Enter' && target === note)) return;
    event.preventDefault();
    if (target !== note) {
      (target as HTMLInputElement).value = '';
      target.dispatchEvent(new Event('input')); // so that all is listed again
    }
    view.focus();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !event.shiftKey) {
    event.preventDefault();
    void undo();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest('button') && ['Enter', ' '].includes(event.key)) return; // the button's own
  const name = nameOfKey(event);
  const label = bar.labelOf(name);
  const action = ACTIONS[name];
  if (label !== undefined) apply(label);
  else if (action) {
    // Held down, a key would decide about sentences that nobody has read.
    if (!event.repeat || action === remove) action();
  } else if (!work || !view.moveBy(event.key, event.shiftKey)) return;
  event.preventDefault();
});

const CLICKS: Readonly<Record<string, () => void>> = {
  accept: () => void accept(),
  skip: () => void skip(),
  undo: () => void undo(),
  remove,
  empty,
  'open-keys': () => keys.showModal(),
  'save-model': () => void saveModel(),
};
for (const [id, action] of Object.entries(CLICKS))
  element(id).addEventListener('click', () => {
    action();
    if (!keys.open) view.focus();
  });

/** Hears of a model that has learnt; a sentence without suggestions, at which nobody has worked, gets them. */
async function listen(): Promise<void> {
  if (isBusy || document.hidden) return;
  try {
    const overview = await server.overview();
    if (isBusy) return;
    showStatus(overview);
    const isUntouched = work?.history.length === 0 && work.spans.length === 0 && work.sentence.answer === undefined;
    if (!isUntouched || note.value !== '' || (overview.model?.round ?? 0) === round) return;
    round = overview.model?.round ?? 0;
    const { sentence } = await server.current();
    if (!work || isBusy || sentence?.id !== work.sentence.id || work.history.length > 0) return;
    if (sentence.spans.length === 0) return;
    acceptableFrom = performance.now() + LEAST_LOOK_AT_SUGGESTIONS;
    whyNot = NEW_SUGGESTIONS;
    work.spans = sentence.spans;
    view.mark(sentence.spans);
    showHint();
  } catch (error) {
    showTrouble(error);
  }
}

let round = 0;
void follow(() => server.current());
setInterval(() => void listen(), INTERVAL);
document.addEventListener('visibilitychange', () => void listen());
