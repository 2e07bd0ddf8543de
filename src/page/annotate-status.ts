import type { Overview } from '../annotation/protocol.js';
import { counted, grouped } from '../text/counts.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Shows how far the work has come, what the model does, and its score. */
export function showStatus(overview: Overview): void {
  const { total, left } = overview;
  const bar = element<HTMLProgressElement>('bar');
  bar.max = Math.max(1, total);
  bar.value = total - left;
  element('progress').textContent = describeProgress(overview);
  element('progress').title = overview.output;
  element('file').textContent = nameOf(overview.output);
  element('file').title = overview.output;
  showDescribed(element('model'), describeModel(overview));
  showDescribed(element('score'), describeScore(overview), basisOf(overview));
  const save = element('save-model');
  save.hidden = (overview.model?.round ?? 0) === 0;
  save.title = `writes ${overview.model?.path ?? ''}`;
  drawCurve(overview.curve);
}

/** Shows a text that is cut off where there is no room for it; then its title has it whole. */
function showDescribed(place: HTMLElement, text: string, more = ''): void {
  place.textContent = text;
  place.title = [text, more].filter(Boolean).join(', ');
}

/** Says how many sentences are accepted, which are learnt from, apart from those that are skipped, which are not. */
function describeProgress({ accepted, skipped, left }: Overview): string {
  return `${grouped(accepted)} accepted${skipped > 0 ? `, ${grouped(skipped)} skipped` : ''}, ${grouped(left)} left`;
}

/** Returns a path without its folders. */
function nameOf(path: string): string {
  return path.replace(/^.*[\\/]/, '');
}

function describeModel({ model }: Overview): string {
  if (!model) return '';
  const { isLearning, round, sentences, untilFirst, failure } = model;
  const newest = round > 0 ? `Model ${round}, from ${grouped(sentences)} sentences` : '';
  if (isLearning) return [newest, 'learning …'].filter(Boolean).join(', ');
  if (failure !== undefined) return `The model could not learn: ${failure}`;
  if (newest !== '') return newest;
  if (untilFirst === 0) return 'The model learns when there is an entity';
  return `${counted(untilFirst, 'more accepted sentence')} until a model learns`;
}

function describeScore({ isReview, score, sampled, gain }: Overview): string {
  if (isReview) return '';
  const { accepted, left, fewest } = sampled;
  if (!score && accepted + left < fewest) return 'No score: too few sentences';
  if (!score && accepted < fewest) return `${counted(fewest - accepted, 'more random sentence')} until a score`;
  if (!score) return 'Score when the model has learnt';
  const [f1, low, high] = [score.f1, score.low, score.high].map((value) => (100 * value).toFixed(1));
  const more = gain === undefined ? '' : `; 100 more may bring ${(100 * gain).toFixed(1)}`;
  return `F1 ${f1} (${low} to ${high})${more}`;
}

/** Says what the score is counted on. */
function basisOf({ isReview, score, sampled }: Overview): string {
  if (isReview) return '';
  if (score) return `95 % interval, on ${grouped(score.sentences)} random sentences`;
  const { accepted, left, fewest } = sampled;
  return `which takes ${fewest} accepted sentences of a tenth drawn at random: ${accepted} are accepted, ${left} are still to be decided`;
}

/** Draws the scores so far as a line, from the first size to the last one. */
function drawCurve(curve: Overview['curve']): void {
  const svg = document.querySelector('#curve') as SVGElement;
  const sizes = curve.map(({ sentences }) => sentences);
  const isShown = new Set(sizes).size >= 3;
  svg.toggleAttribute('hidden', !isShown);
  if (!isShown) return;
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const highest = Math.max(0.01, ...curve.map(({ f1 }) => f1));
  const points = curve.map(({ sentences, f1 }) => {
    return `${(100 * (sentences - least)) / (most - least)},${28 - (26 * f1) / highest}`;
  });
  const line = document.createElementNS(SVG, 'polyline');
  line.setAttribute('points', points.join(' '));
  svg.replaceChildren(line);
}

export function element<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  return document.getElementById(id) as Kind;
}
