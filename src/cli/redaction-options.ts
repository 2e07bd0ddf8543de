import type { Command } from 'commander';
import { prepareRedaction, type RedactedInput, type Redaction, type RedactionOptions } from '../commands/redaction.js';
import { badUsage } from '../errors.js';
import { type Hiding, percentOf, SURE } from '../evaluation/hiding-bound.js';
import { CERTAIN } from '../model/hiding-scores.js';
import type { Model } from '../model/model.js';
import { isSamePlace, isStream, STANDARD_STREAM } from '../node/files.js';
import { NameMap } from '../node/name-map.js';
import { counted } from '../text/counts.js';
import { STAND_IN_STYLES } from '../text/stand-ins.js';
import { type CommonOptions, choice, numberReader } from './common-options.js';
import { listenForInterrupt } from './follow.js';
import { say } from './streams.js';

/** The flags of `addRedactionOptions`. */
export interface RedactionFlags extends Partial<Pick<RedactionOptions, 'style' | 'recall' | 'keyFile'>> {
  readonly map?: string;
}

/** The number of stand-ins that a text holds itself which get a warning of their own. */
const AMBIGUOUS_TOLD = 3;

const readShare = numberReader((value) => value > 0 && value < 1, 'a number above 0 and below 1');

/** Adds the flags that say how names are replaced. */
export function addRedactionOptions(command: Command): Command {
  return command
    .addOption(
      choice(
        '--style <style>',
        'what stands for a name with --to redacted: [PER], [PER-1], or an invented name (default: label)',
        STAND_IN_STYLES,
      ),
    )
    .option(
      '--recall <x>',
      'hide unsure words too, so that this share of names is hidden: 95 % sure, if documents are like those of dev',
      readShare,
    )
    .option('--key-file <file>', 'a secret key: a name has the same stand-in in all documents, now and later')
    .option('--map <file>', 'write which name each stand-in stands for, as JSON lines');
}

/** A redaction, and the file that tells which names were replaced, if one was asked for. */
export interface OpenRedaction {
  readonly redaction: Redaction;
  /** Writes which names were replaced in the documents that have ended since the last call. */
  save(): Promise<void>;
  finish(): Promise<void>;
  /** Ends a redaction that failed: the map of results that were written stays, that of a file that is given up does not. */
  discard(): Promise<void>;
}

/**
 * Refuses flags that only a redaction has where there is none.
 *
 * @throws {UserError} if one was given, exit code 2
 */
export function refuseRedactionFlags({ style, recall, keyFile, map }: RedactionFlags, to: string): void {
  const given = Object.entries({ '--style': style, '--recall': recall, '--key-file': keyFile, '--map': map });
  for (const [flag, value] of given)
    if (value !== undefined) throw badUsage(`${flag} needs --to redacted, and results are ${to}`, 'add --to redacted');
}

/**
 * Refuses a map that would go where the results go.
 *
 * @throws {UserError} with exit code 2
 */
export async function checkMap({ map }: RedactionFlags, output: string): Promise<void> {
  if (map === undefined) return;
  if (map === STANDARD_STREAM) throw badUsage('--map - names stdout, and a map is a file', 'name a file with --map');
  if (output !== STANDARD_STREAM && (await isSamePlace(map, output)))
    throw badUsage(`${map} is named for both the results and their map`, 'name another file with --map');
}

/**
 * Opens the redaction that flags ask for.
 *
 * @param input what is tagged, and how the result looks
 * @param output where the results go
 * @param source the name of the checkpoint in messages
 * @throws {UserError} as `prepareRedaction` does
 */
export async function openRedaction(
  model: Model,
  { style = 'label', recall, keyFile, map, quiet }: RedactionFlags & Pick<CommonOptions, 'quiet'>,
  input: RedactedInput,
  output: string,
  source: string,
): Promise<OpenRedaction> {
  const lines: string[] = [];
  const onNames: RedactionOptions['onNames'] = (names, document) => {
    const place = keyFile === undefined ? { document } : {};
    for (const { standIn, label, names: ways } of names)
      lines.push(`${JSON.stringify({ ...place, standIn, label, names: ways })}\n`);
  };
  const ambiguous = new Set<string>();
  const onAmbiguous = (standIn: string): void => {
    if (ambiguous.size < AMBIGUOUS_TOLD && !ambiguous.has(standIn)) say(ambiguousText(standIn), quiet);
    ambiguous.add(standIn);
  };
  const tellOthers = (): void => {
    const others = ambiguous.size - AMBIGUOUS_TOLD;
    if (others > 0) say(`warning: later texts hold ${counted(others, 'more stand-in')} of names before them\n`, quiet);
  };
  const options = { style, recall, keyFile, onAmbiguous, ...(map !== undefined && { onNames }) };
  const redaction = await prepareRedaction(model, options, input, source);
  if (map === undefined) {
    const nothing = async (): Promise<void> => {};
    return { redaction, save: nothing, finish: async () => tellOthers(), discard: nothing };
  }
  const file = new NameMap(map, (kept) => say(`${map} was there: it is kept as ${kept}\n`, quiet));
  const keepsPart = await isStream(output);
  const saveAll = async (): Promise<void> => {
    redaction.to.end();
    if (lines.length > 0) await file.add(lines.splice(0).join(''));
  };
  const leave = (): Promise<void> => (keepsPart ? saveAll() : file.giveUp());
  process.once('exit', leave);
  listenForInterrupt(() => {});
  return {
    redaction,
    async save() {
      if (lines.length > 0) await file.add(lines.splice(0).join(''));
    },
    async finish() {
      tellOthers();
      await saveAll();
      await file.add('');
      await file.close();
      process.off('exit', leave);
    },
    async discard() {
      process.off('exit', leave);
      await leave();
      await file.close();
    },
  };
}

function ambiguousText(standIn: string): string {
  return `warning: a text holds ${standIn} itself, which stands for a name before it: the two cannot be told apart (try --style pseudonym or --key-file)\n`;
}

/**
 * Tells what a promise of recall rests on, and what it costs.
 *
 * @param hasNames whether names were added to the dictionaries of the model, which dev was scored without
 */
export function hidingText({ level, probability, names, outside }: Hiding, recall: number, hasNames: boolean): string {
  const what =
    level === CERTAIN
      ? 'only the names that the model finds are hidden'
      : `words are hidden that are in a name with a probability of ${Number(probability.toPrecision(3))} or more`;
  const cost = outside.all === 0 ? '' : ` (${((100 * outside.hidden) / outside.all).toFixed(1)} %)`;
  return `${what}: on dev ${names.hidden} of ${counted(names.all, 'name')} whole, and ${outside.hidden} of ${counted(outside.all, 'other word')}${cost}
${percentOf(SURE)} sure: ${percentOf(recall)} of names or more are hidden, if the documents to come are drawn as those of dev were
${hasNames ? 'dev was scored without the names of --dictionary\n' : ''}`;
}
