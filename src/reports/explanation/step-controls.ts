import type { Picture } from './pictures.js';

/** Makes the slider of steps, which the script of the page shows: forward word by word, then backward if errors are known. */
export function stepControls({ tokens, reach }: Pick<Picture, 'tokens' | 'reach'>): string {
  return `<div id="steps" class="controls" hidden><label>Step <input id="step" type="range" min="0" max="${(reach ? 2 : 1) * tokens.length}" value="0"></label>
<output id="said" for="step" aria-live="polite"></output></div>`;
}
