import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import type { Command } from 'commander';
import { film } from '../commands/explain/film.js';
import type { SubjectOptions } from '../commands/explain/subject.js';
import { refuseCheckpoints } from '../corpora/read-corpus.js';
import { refuseUnheededOptions } from '../corpora/unheeded-options.js';
import { badUsage } from '../errors.js';
import type { Film } from '../explanation/film.js';
import { STANDARD_STREAM } from '../node/files.js';
import { readExplanationScript } from '../node/package-files.js';
import { explanationSvg } from '../reports/explanation/explanation-svg.js';
import { filmHtml } from '../reports/explanation/film-html.js';
import { filmText } from '../reports/explanation/film-text.js';
import type { SettingName } from '../settings/descriptions.js';
import { type CommonOptions, checkFileArguments } from './common-options.js';
import { follow } from './follow.js';
import { createProgressDisplay } from './progress.js';
import {
  configOption,
  presetOption,
  readGivenSettings,
  type SettingsOptions,
  settingOptions,
} from './settings-options.js';
import { columnsOf, printOrWrite } from './streams.js';

/** The flags of a film of training. */
export interface FilmFlags extends SettingsOptions {
  readonly train?: string[];
  readonly dev?: string;
}

/** The settings that have a flag; `--config` takes all. */
const SETTINGS: readonly SettingName[] = [
  ...(['cell', 'direction', 'hidden', 'epochs', 'batchSize', 'optimizer', 'learningRate', 'seed'] as const),
];

/** Adds the flags of a film of training. */
export function addFilmOptions(command: Command): Command {
  command
    .optionsGroup('A film of training:')
    .option('--train <file...>', 'train a network on this small corpus, and show the sentence after each epoch')
    .option('--dev <file>', 'corpus that scores each epoch (default: a tenth of the corpus, held out)')
    .addOption(presetOption('textbook with 30 epochs of small steps'))
    .addOption(configOption());
  for (const option of settingOptions(SETTINGS)) command.addOption(option);
  return command;
}

/** The flags that a film has nothing to do with, by the names of their options. */
const NOT_OF_FILMS = ['model', 'why', 'gradient', 'compare', 'corpus'];

/** Refuses flags of a film without one, and flags that a film does not know. */
export function checkFilmOptions({ train }: FilmFlags, command: Command): void {
  const ofFilms: readonly string[] = [...SETTINGS, 'dev', 'preset', 'config'];
  const refused = train === undefined ? ofFilms : NOT_OF_FILMS;
  const stray = command.options.find(
    (option) =>
      refused.includes(option.attributeName()) && command.getOptionValueSource(option.attributeName()) === 'cli',
  );
  if (!stray) return;
  if (train === undefined) throw badUsage(`${stray.long} is about a training, and there is none`, 'see --train');
  throw badUsage(
    `${stray.long} and --train at once: a film shows the network that it trains, and nothing else`,
    'leave one of them out',
  );
}

interface Options extends CommonOptions, FilmFlags {
  readonly train: string[];
  readonly to: 'text' | 'json' | 'html' | 'svg';
  readonly output: string;
}

/**
 * Trains a network, and shows a sentence after each epoch.
 *
 * @param stdin `-` if the sentence was read from stdin
 */
export async function runFilm(subject: SubjectOptions, options: Options, stdin: string | undefined): Promise<void> {
  const { train, dev, output, to } = options;
  const quiet = options.quiet === true;
  await refuseCheckpoints([...train, dev]);
  await checkFileArguments([...train, dev, options.config, stdin], output);
  await refuseUnheededOptions([...train, dev], subject.reading);
  const given = await readGivenSettings(options);
  const story = film({
    ...{ ...subject, ...given, corpora: train, dev },
    ...{ clock: () => performance.now() / 1000, pause: () => setImmediate() },
  });
  await showFilm(await showProgress(story, quiet), to, output);
}

async function showProgress(story: ReturnType<typeof film>, quiet: boolean): Promise<Film> {
  const display = createProgressDisplay(process.stderr, quiet);
  process.once('exit', display.end);
  try {
    return await follow(story, quiet, display.show, display.end);
  } finally {
    process.off('exit', display.end);
    display.end();
  }
}

async function showFilm(frames: Film, to: Options['to'], output: string): Promise<void> {
  const { explanation } = frames.at(-1) ?? frames[0];
  if (to === 'json') return printOrWrite(`${JSON.stringify({ ...explanation, epochs: frames })}\n`, output);
  if (to === 'svg') return printOrWrite(explanationSvg(explanation, 'after the last epoch'), output);
  if (to === 'html') return printOrWrite(filmHtml(frames, await readExplanationScript()), output);
  await printOrWrite(filmText(frames, output === STANDARD_STREAM ? columnsOf(process.stdout) : 80), output);
}
