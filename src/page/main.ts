import { loadModel, type PlacedSentence, type TaggingModel } from '../tagger.js';
import { showSentences } from './tagged-text.js';

/** Texts of at least this many UTF-16 units are tagged only when typing pauses. */
const LONG = 20_000;
/** A pause in typing, in milliseconds. */
const PAUSE = 300;

const input = document.querySelector('textarea') as HTMLTextAreaElement;
const heading = document.querySelector('#result') as HTMLElement;
const output = document.querySelector('#tagged') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;

/** Returns the checkpoint's text, which is embedded in the page or fetched from the server. */
async function readModel(): Promise<string> {
  const held = document.querySelector('#model')?.textContent;
  if (held) return held;
  const response = await fetch(`model.json${location.search}`);
  if (!response.ok) throw new Error(`the model could not be fetched: ${response.status}`);
  return response.text();
}

/** Tags the input now and whenever it changes. */
function tagAsTyped(model: TaggingModel): void {
  heading.textContent = model.marksSpans ? 'Names' : 'Tags';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    const start = performance.now();
    const sentences = model.tag(input.value);
    const milliseconds = performance.now() - start;
    showSentences(output, input.value, sentences, model);
    status.textContent = `${describeCount(sentences, model)}, ${milliseconds.toFixed(1)} ms`;
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.length < LONG) show();
    else timer = setTimeout(show, PAUSE);
  });
  show();
}

/** Returns how many entities were found, or how many words have a tag. */
function describeCount(sentences: readonly PlacedSentence[], { marksSpans }: TaggingModel): string {
  const count = sentences.reduce((sum, { spans, tokens }) => sum + (marksSpans ? spans : tokens).length, 0);
  if (!marksSpans) return count === 1 ? '1 word' : `${count} words`;
  return count === 1 ? '1 entity' : `${count} entities`;
}

try {
  tagAsTyped(loadModel(await readModel(), 'the model'));
} catch (error) {
  status.textContent = `The model cannot be used: ${(error as Error).message}`;
}
