import * as z from 'zod';
import { badUsage } from '../../errors.js';
import { epochScoresOf } from '../../evaluation/score-tagger.js';
import { type TrainEvent, type TrainReport, train } from '../../index.js';
import { DEFAULT_MODEL } from '../../node/model-file.js';
import { PRESETS, type PresetName, type SettingsInput } from '../../settings/settings.js';
import { defineTool, type ToolContext } from '../tool.js';
import { corporaInput, outputBeside, partInputs, readParts } from './paths.js';

const presets = Object.keys(PRESETS) as [PresetName, ...PresetName[]];

let isTraining = false;

export const trainTool = defineTool({
  name: 'train',
  description:
    'Trains a tagger on labelled corpora and writes it as a checkpoint, in seconds to minutes. Gives scores on dev and test, as fractions of 1, and notices about the data.',
  input: z.strictObject({
    corpora: corporaInput,
    ...partInputs,
    output: z.string().default(DEFAULT_MODEL).describe('Path of the checkpoint to write; what is there is replaced.'),
    preset: z
      .enum(presets)
      .default('default')
      .describe('fast takes seconds; accurate scores better in five times the time.'),
    initFrom: z.string().optional().describe('Path of a checkpoint to start from.'),
    settings: z
      .record(z.string(), z.unknown())
      .default({})
      .describe('Settings by name, such as {"epochs": 5, "seed": 2}; rnn train --help lists them in kebab case.'),
  }),
  writes: true,
  async run({ output, preset, initFrom, settings, ...parts }, { roots, signal, progress }) {
    if (isTraining) throw badUsage('another training is under way', 'wait until it has ended');
    isTraining = true;
    try {
      const read = await readParts(roots, parts);
      const work = train({
        ...read,
        output: await outputBeside(roots, output, [...read.corpora, read.dev, read.test]),
        preset,
        initFrom: initFrom === undefined ? undefined : await roots.input(initFrom),
        settings: settings as SettingsInput, // checked by the training
        signal,
      });
      const notices: string[] = [];
      const tell = teller(progress);
      for await (const event of work) {
        if (event.kind === 'notice') notices.push(event.text);
        else tell(event);
      }
      return summary(await work.result(), output, notices);
    } finally {
      isTraining = false;
    }
  },
});

/** The least time between two steps that are told, in milliseconds. */
const INTERVAL = 500;

/** Returns what tells the progress of a training: epochs of all networks, with a part of the present one. */
function teller(progress: ToolContext['progress']): (event: Exclude<TrainEvent, { kind: 'notice' }>) => void {
  let networks = 1;
  let network = 0;
  let epochs = 1;
  let told = 0;
  return (event) => {
    if (event.kind === 'stage') {
      networks = event.count;
      network = event.index;
    } else if (event.kind === 'step') {
      epochs = event.epochs;
      if (performance.now() - told < INTERVAL) return;
      told = performance.now();
      const done = event.epoch - 1 + event.step / event.stepsAnEpoch;
      progress(network * epochs + done, networks * epochs, `epoch ${event.epoch}, loss ${event.loss.toFixed(3)}`);
    } else if (event.kind === 'epoch') {
      const { epoch, loss, dev } = event.record;
      const score = event.measure === 'f1' ? `dev F1 ${percent(dev.f1)}` : `dev accuracy ${percent(dev.accuracy)}`;
      progress(network * epochs + epoch, networks * epochs, `epoch ${epoch}: loss ${loss.toFixed(3)}, ${score}`);
    }
  };
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}

function summary(report: TrainReport, model: string, notices: readonly string[]): object {
  const { best, stopped, epochs, seconds, parameters } = report;
  return {
    ...(best && { model, bestEpoch: best.epoch, dev: epochScoresOf(best.dev), devF1Interval: best.dev.interval }),
    ...(best?.test && { test: epochScoresOf(best.test), testF1Interval: best.test.interval }),
    ...{ stopped, epochs, seconds, parameters, notices },
  };
}
