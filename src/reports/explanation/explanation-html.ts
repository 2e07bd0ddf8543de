import type { Explanation } from '../../explanation/explanation.js';
import { escapeHtml, htmlPage } from '../html.js';
import { differencesText } from './differences-text.js';
import { EXPLANATION_STYLE } from './explanation-style.js';
import { pictureSection } from './picture-section.js';
import { type Picture, picturesOf } from './pictures.js';
import { nearestText, reasonsText } from './reasons-text.js';
import { stepControls } from './step-controls.js';
import { ARROW_HEAD } from './unrolled-svg.js';

/** What a model says about a sentence. */
export interface NamedExplanation {
  /** The name of the model. */
  readonly name: string;
  readonly explanation: Explanation;
}

/** What can be chosen to be seen: some of the pictures, by their numbers. */
interface Choice {
  readonly name: string;
  readonly pictures: readonly number[];
}

/**
 * Returns a page that shows the network unrolled over the sentence, and a switch between networks if there are several. It
 * needs no connection, and no script to be read.
 *
 * @param models one model, or two that are compared
 * @param script that of the page, which the build makes
 */
export function explanationHtml(models: readonly [NamedExplanation, ...NamedExplanation[]], script: string): string {
  const [{ explanation }] = models;
  const groups = models.map((model) => picturesOf(model.explanation, model.name));
  const pictures = groups.flat();
  const choices = choicesOf(groups);
  const title = explanation.tokens.map(({ text }) => text).join(' ');
  const sections = pictures.map(
    (picture, index) =>
      `<section data-picture="${index}">\n<h2 class="name">${escapeHtml(picture.name)}</h2>\n${pictureSection(picture)}</section>\n`,
  );
  const differences = models.map((model) => differencesText(model.explanation)).filter((text) => text !== '');
  const body = `<h1>${escapeHtml(title)}</h1>
${differences.map((text) => `<p class="note">${escapeHtml(text)}</p>\n`).join('')}<svg width="0" height="0" class="heads" aria-hidden="true">${ARROW_HEAD}</svg>
${switchOf(choices)}${stepControls(pictures[0] as Picture)}
${sections.join('')}${models.map(reasonsHtml).join('')}<script type="module">${script.replaceAll('</script', '<\\/script')}</script>
`;
  return htmlPage(title, body, EXPLANATION_STYLE + hidingStyle(choices));
}

/** Tells, as in a terminal, what speaks for tags and which sentences of a corpus are near; empty if nobody asked. */
function reasonsHtml({ name, explanation }: NamedExplanation): string {
  const texts = [reasonsText(explanation, COLUMNS), nearestText(explanation, COLUMNS)].filter((text) => text !== '');
  if (texts.length === 0) return '';
  return `<h2>Why: ${escapeHtml(name)}</h2>\n<pre>${escapeHtml(texts.join('\n'))}</pre>\n`;
}

/** The width of text that is told as in a terminal, in columns. */
const COLUMNS = 100;

/** Returns what can be seen: each picture, and two models side by side, which is the first choice if there are two. */
function choicesOf(groups: readonly (readonly Picture[])[]): Choice[] {
  const starts = groups.map((_, model) => groups.slice(0, model).reduce((sum, group) => sum + group.length, 0));
  const single = groups.flat().map(({ name }, index): Choice => ({ name, pictures: [index] }));
  return groups.length > 1 ? [{ name: 'one below the other', pictures: starts }, ...single] : single;
}

/** Makes the switch, which works without a script. */
function switchOf(choices: readonly Choice[]): string {
  if (choices.length === 1) return '';
  const options = choices.map(
    ({ name }, index) =>
      `<label><input type="radio" name="shown" id="choice-${index}"${index === 0 ? ' checked' : ''}> ${escapeHtml(name)}</label>`,
  );
  return `<fieldset><legend>Network</legend>${options.join('\n')}</fieldset>\n`;
}

/** Returns the style that hides what is not chosen, and the tables between pictures that are seen one below the other. */
function hidingStyle(choices: readonly Choice[]): string {
  if (choices.length === 1) return '';
  return choices
    .map(({ pictures }, index) => {
      const shown = pictures.map((picture) => `[data-picture="${picture}"]`).join();
      const numbers = pictures.length > 1 ? `, main:has(#choice-${index}:checked) .numbers` : '';
      return `main:has(#choice-${index}:checked) section:not(${shown})${numbers} { display: none; }\n`;
    })
    .join('');
}
