import { onAnswer, Refusal } from './annotate-server.js';
import { element } from './annotate-status.js';

/** How long what has happened stands out, in milliseconds. */
const FLASH = 2000;

const saved = element('saved');
const trouble = element('trouble');

/** Whether the message of trouble is that the server does not answer. */
let isAway = false;

/** Says something to those who hear the page. */
export function say(text: string): void {
  element('live').textContent = text;
}

/** Shows what has happened, so that it stands out for a moment; nothing if there is nothing to say. */
export function flash(text: string): void {
  saved.textContent = text;
  const marked = { background: 'var(--select)', color: 'var(--ink)' };
  if (text !== '') saved.animate([marked, { background: 'transparent' }], FLASH);
}

/** Returns what has happened last, as the page shows it. */
export function said(): string {
  return saved.textContent ?? '';
}

/** Shows what the server refuses, or that it does not answer, which is gone by itself when it answers again. */
export function showTrouble(error: unknown): void {
  isAway = !(error instanceof Refusal);
  trouble.hidden = false;
  trouble.textContent =
    error instanceof Refusal
      ? error.message
      : 'The server does not answer: is rnn annotate still running? What is on the screen is not saved.';
}

export function hideTrouble(): void {
  trouble.hidden = true;
  isAway = false;
}

onAnswer(() => {
  if (isAway) hideTrouble();
});
