import type { Explanation } from '../../explanation/explanation.js';
import { PAGE_COLOURS } from '../html.js';
import { PICTURE_STYLE } from './picture-style.js';
import { picturesOf } from './pictures.js';
import { ARROW_HEAD, drawUnrolled } from './unrolled-svg.js';

/** Returns a picture of the network unrolled over the sentence as an SVG file, with the errors of its words if these are known. */
export function explanationSvg(explanation: Explanation, model: string): string {
  const [picture] = picturesOf(explanation, model);
  const { attributes, content } = drawUnrolled(picture, true);
  return `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>
<style>${PAGE_COLOURS}${PICTURE_STYLE}</style>
${ARROW_HEAD}
<rect width="100%" height="100%" rx="8" fill="var(--paper)"/>
${content}
</svg>
`;
}
