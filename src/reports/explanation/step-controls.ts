import type { Picture } from './pictures.js';

/**
 * Makes the slider of steps, which the script of the page shows: forward word by word, then backward if errors are known. It
 * stays in sight where the page is scrolled.
 *
 * @param above HTML of other controls
 */
export function stepControls({ tokens, reach }: Pick<Picture, 'tokens' | 'reach'>, above = ''): string {
  return `<div class="sticky">${above}<div id="steps" class="controls" hidden><label>Step <input id="step" type="range" min="0" max="${(reach ? 2 : 1) * tokens.length}" value="0"></label>
<output id="said" for="step" aria-live="polite"></output></div></div>`;
}
