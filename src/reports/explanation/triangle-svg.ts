import { escapeHtml } from '../html.js';
import { COLUMN, LEFT, TRIANGLE_CELL } from './picture-layout.js';
import type { Picture } from './pictures.js';

/**
 * Draws the norms of the errors below the words: a row a loss, a column a step, each cell as strong as its share of the
 * largest in its row.
 *
 * @param top the top of the triangle in the picture
 */
export function triangleSvg(tokens: Picture['tokens'], reach: readonly (readonly number[])[], top: number): string {
  const cells = reach.flatMap((row, t) => {
    const largest = Math.max(...row) || 1;
    return row.flatMap((norm, s) => {
      if (norm === 0) return [];
      const [x, y] = [LEFT + s * COLUMN, top + 28 + t * TRIANGLE_CELL];
      const title = `norm of the gradient of the loss of ${tokens[t]?.text} by the state at ${tokens[s]?.text}: ${norm}`;
      return [
        `<g><title>${escapeHtml(title)}</title><rect class="error" fill-opacity="${(norm / largest).toFixed(3)}" x="${x + 2}" y="${y}" width="${COLUMN - 4}" height="${TRIANGLE_CELL - 2}"/><text class="norm" x="${x + COLUMN / 2}" y="${y + 13}">${norm.toPrecision(2)}</text></g>`,
      ];
    });
  });
  const heading = `<text class="start" x="${LEFT + 2}" y="${top + 18}">errors carried back: a row a word, a column a step</text>`;
  return `\n${heading}${cells.join('')}`;
}
