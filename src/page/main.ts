import { loadModel, type TaggingModel } from '../tagger.js';
import { showSentences } from './tagged-text.js';

/** Texts of at least this many UTF-16 units are tagged only when typing pauses. */
const LONG = 20_000;
/** A pause in typing, in milliseconds. */
const PAUSE = 300;

const input = document.querySelector('textarea') as HTMLTextAreaElement;
const output = document.querySelector('#tagged') as HTMLElement;
const status = document.querySelector('#status') as HTMLElement;

/** Returns the checkpoint's text, which is embedded in the page or fetched from the server. */
async function readModel(): Promise<string> {
  const held = document.querySelector('#model')?.textContent;
  if (held) return held;
  const response = await fetch('model.json');
  if (!response.ok) throw new Error(`the model could not be fetched: ${response.status}`);
  return response.text();
}

/** Tags the input now and whenever it changes. */
function tagAsTyped(model: TaggingModel): void {
  const hues = new Map(model.labels.map((label, index) => [label, (210 + index * 137) % 360]));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    const start = performance.now();
    const sentences = model.tag(input.value);
    const milliseconds = performance.now() - start;
    showSentences(output, input.value, sentences, hues);
    const count = sentences.reduce((sum, { spans }) => sum + spans.length, 0);
    status.textContent = `${count} ${count === 1 ? 'entity' : 'entities'}, ${milliseconds.toFixed(1)} ms`;
  };
  input.addEventListener('input', () => {
    clearTimeout(timer);
    if (input.value.length < LONG) show();
    else timer = setTimeout(show, PAUSE);
  });
  show();
}

try {
  tagAsTyped(loadModel(await readModel(), 'the model'));
} catch (error) {
  status.textContent = `The model cannot be used: ${(error as Error).message}`;
}
