import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ShownSpan } from '../../../src/annotation/protocol.js';
import { spansOf } from '../../../src/text/scheme.js';
import { BROWSER } from '../../helpers/browser.js';
import { BrowserSession } from '../../helpers/browser-session.js';
import type { Figure } from '../section.js';
import { AnnotateProcess } from './annotate-process.js';
import type { GoldCorpus } from './simulate.js';

/** The number of sentences at which a training is timed, and of those that are accepted in a browser on the way there. */
const SENTENCES = 500;
const ON_SCREEN = 100;

/** How often the state of the model is asked for, in milliseconds. */
const INTERVAL = 10;

/** For so long no model learns where none will, in milliseconds: a pause of the person lets one learn. */
const SETTLED = 5000;

/** Notes in the page how long it takes from a key that is pressed until the next sentence is painted, in milliseconds. */
const WATCH_PAGE = `window.times = [];
addEventListener('keydown', () => {
  const began = performance.now();
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => requestAnimationFrame(() => times.push(performance.now() - began)));
  }).observe(document.querySelector('#sentence'), { childList: true });
}, { capture: true });`;

/** A training, from its start until its model has given suggestions. */
interface TimedTraining {
  readonly sentences: number;
  readonly seconds: number;
  /** Seconds of all processors together. */
  readonly processorSeconds: number;
}

/**
 * Labels the first sentences of a corpus as its gold says, in the real `rnn annotate` over HTTP and, where there is a Chromium, in
 * its page, and measures how long a person waits.
 *
 * @param folder takes the texts and the decisions
 */
export async function measureLoop(corpus: GoldCorpus, folder: string): Promise<Figure[]> {
  const texts = join(folder, 'texts.jsonl');
  const train = corpus.train.slice(0, 2 * SENTENCES);
  writeFileSync(texts, train.map(({ tokens }, id) => `${JSON.stringify({ id, tokens })}\n`).join(''));
  const gold = train.map(({ tags }) => spansOf(tags, corpus.scheme));
  const labels = [...new Set(gold.flat().map(({ label }) => label))].sort();
  const annotate = await AnnotateProcess.start([texts, '--labels', labels.join(','), '-o', join(folder, 'out.jsonl')]);
  try {
    const goldOf = (id: string | number): ShownSpan[] => gold[Number(id)] ?? [];
    const overHttp = await acceptOverHttp(annotate, SENTENCES - ON_SCREEN - 1, goldOf);
    const onScreen = BROWSER === undefined ? undefined : await acceptOnScreen(annotate.url, ON_SCREEN);
    await acceptOverHttp(annotate, SENTENCES - 1 - (await annotate.overview()).accepted, goldOf);
    await untilSettled(annotate);
    await acceptOverHttp(annotate, 1, goldOf);
    const training = await timeTraining(annotate);
    return [
      figureOfTimes('accept to the next sentence over HTTP, 95th percentile', overHttp),
      ...(onScreen ? [figureOfTimes('accept to the next sentence on the screen, 95th percentile', onScreen)] : []),
      {
        what: `start of a training on ${training.sentences} sentences to its suggestions`,
        measured: training.seconds,
        unit: 's',
        atMost: 5,
        note: `${training.processorSeconds.toFixed(1)} s of processors`,
      },
    ];
  } finally {
    await annotate.stop();
  }
}

/** Accepts sentences with their gold entities, and returns how long each next one took, in milliseconds. */
async function acceptOverHttp(
  annotate: AnnotateProcess,
  count: number,
  goldOf: (id: string | number) => ShownSpan[],
): Promise<number[]> {
  const times: number[] = [];
  let { sentence } = await annotate.current();
  for (let index = 0; index < count && sentence; index++) {
    const spans = goldOf(sentence.id);
    const began = performance.now();
    ({ sentence } = await annotate.decide({ id: sentence.id, answer: 'accept', spans }));
    times.push(performance.now() - began);
  }
  return times;
}

/** Accepts sentences as they are suggested with the Enter key of the page, and returns how long each next one took, in milliseconds. */
async function acceptOnScreen(url: string, count: number): Promise<number[]> {
  const browser = await BrowserSession.open();
  try {
    await browser.look(1280, 800, 'light');
    await browser.call('Page.navigate', { url });
    const until = async (expression: string): Promise<void> => {
      while (!(await browser.evaluate<boolean>(expression))) await sleep(INTERVAL);
    };
    await until("document.querySelector('.token') !== null");
    await browser.evaluate(WATCH_PAGE);
    for (let index = 0; index < count; index++) {
      await browser.press('Enter');
      await until(`times.length > ${index}`);
    }
    return await browser.evaluate<number[]>('times');
  } finally {
    await browser.close();
  }
}

/** Waits until no model learns any more, since all have learnt from what there is. */
async function untilSettled(annotate: AnnotateProcess): Promise<void> {
  for (let quietSince = performance.now(); performance.now() - quietSince < SETTLED; await sleep(INTERVAL))
    if ((await annotate.overview()).model?.isLearning) quietSince = performance.now();
}

/** Times the next training that begins. */
async function timeTraining(annotate: AnnotateProcess): Promise<TimedTraining> {
  let overview = await annotate.overview();
  while (!overview.model?.isLearning) {
    await sleep(INTERVAL);
    overview = await annotate.overview();
  }
  const began = performance.now();
  const before = await annotate.processorSeconds();
  await untilRound(annotate, overview.model.round + 1);
  const seconds = (performance.now() - began) / 1000;
  const processorSeconds = (await annotate.processorSeconds()) - before;
  return { sentences: overview.accepted, seconds, processorSeconds };
}

async function untilRound(annotate: AnnotateProcess, round: number): Promise<void> {
  for (;;) {
    const { model } = await annotate.overview();
    if (model?.failure !== undefined) throw new Error(model.failure);
    if ((model?.round ?? 0) >= round) return;
    await sleep(INTERVAL);
  }
}

function figureOfTimes(what: string, times: readonly number[]): Figure {
  const sorted = [...times].sort((a, b) => a - b);
  const part = (fraction: number): number => sorted[Math.floor(fraction * (sorted.length - 1))] ?? Number.NaN;
  const note = `median ${part(0.5).toFixed(0)} ms, longest ${part(1).toFixed(0)} ms of ${times.length}`;
  return { what, measured: part(0.95), unit: 'ms', atMost: 100, note };
}
