import type { EventEmitter } from 'node:events';
import type { Argument, Command, Option } from 'commander';
import { wrapLine } from '../reports/lines.js';

/** A page of the manual in mdoc, as mandoc and groff read it, and the name of its file. */
export interface ManualPage {
  readonly file: string;
  readonly text: string;
}

const EXIT_STATUS = `.Sh EXIT STATUS
.Bl -tag -width Ds
.It 0
Done, or a reader of the output closed the pipe.
.It 1
The command failed.
.It 2
It was used wrongly.
.It 3
The input or the checkpoint is bad.
.It 4
A gate was missed, as
.Fl -min-f1
sets one.
.It 130 , 143
It was stopped by Ctrl-C or by SIGTERM, after saving what can be resumed.
.El
`;

/**
 * Writes a page for the program and one for each of its commands.
 *
 * @param date of all pages
 */
export function manualPages(program: Command, date: Date): ManualPage[] {
  const name = program.name();
  const pages = program.commands.map((command) => ({
    file: `${name}-${command.name()}.1`,
    text: [
      titleOf(`${name}-${command.name()}`, command.summary(), date),
      synopsisOf(`${name} ${command.name()}`, command),
      describedBy(command),
      optionsOf(command),
      examplesOf(command),
      `.Sh SEE ALSO\n.Xr ${name} 1\n`,
    ].join(''),
  }));
  const overview = [
    titleOf(name, 'named-entity taggers from labelled sentences', date),
    `.Sh SYNOPSIS\n.Nm ${name}\n.Ar command\n.Op Ar argument ...\n`,
    describedBy(program),
    '.Sh COMMANDS\n.Bl -tag -width Ds\n',
    ...program.commands.map(
      (command) => `.It Xr ${name}-${command.name()} 1\n${paragraph(sentence(command.summary()))}\n`,
    ),
    '.El\n',
    EXIT_STATUS,
    examplesOf(program),
  ].join('');
  return [{ file: `${name}.1`, text: overview }, ...pages];
}

function titleOf(name: string, summary: string, date: Date): string {
  const [year = '', month = '', day = ''] = date.toISOString().slice(0, 10).split('-');
  const months = 'January February March April May June July August September October November December'.split(' ');
  const named = `${months[Number(month) - 1]} ${Number(day)}, ${year}`;
  return `.Dd ${named}\n.Dt ${name.toUpperCase()} 1\n.Os\n.Sh NAME\n.Nm ${name}\n.Nd ${line(summary)}\n`;
}

function synopsisOf(name: string, command: Command): string {
  const written = command.registeredArguments.map((argument) => {
    const form = `Ar ${line(argument.name()).replace(/ /g, ' Ar ')}${argument.variadic ? ' ...' : ''}`;
    return argument.required ? `.${form}\n` : `.Op ${form}\n`;
  });
  return `.Sh SYNOPSIS\n.Nm ${name}\n.Op Ar options\n${written.join('')}`;
}

function describedBy(command: Command): string {
  const texts = command.registeredArguments.filter(({ description }) => description !== '');
  const items = texts.map((argument) => `.It Ar ${line(argument.name())}\n${paragraph(describe(argument))}\n`);
  const list = items.length === 0 ? '' : `.Bl -tag -width Ds\n${items.join('')}.El\n`;
  return `.Sh DESCRIPTION\n${paragraph(command.description())}\n${list}`;
}

function optionsOf(command: Command): string {
  const items = command.options.filter(({ hidden }) => !hidden).map(optionOf);
  return `.Sh OPTIONS\n.Bl -tag -width Ds\n${items.join('')}.It Fl h , -help\nShow a short help.\n.El\n`;
}

function optionOf(option: Option): string {
  const { short, long, flags } = option;
  const [, value = ''] = /([<[].*)$/.exec(flags) ?? [];
  const name = line(value.replace(/[<>[\]]/g, '').replace(/\.\.\.$/, ''));
  const written = [short, long].filter((flag) => flag !== undefined).map((flag) => flag.slice(1));
  const form =
    name === '' ? '' : ` ${value.startsWith('[') ? 'Op ' : ''}Ar ${name}${value.includes('...') ? ' ...' : ''}`;
  return `.It Fl ${written.join(' , ')}${form}\n${paragraph(describe(option))}\n`;
}

/** Returns a description with the choices and the default, as the help has it. */
function describe({ description, argChoices, defaultValue, defaultValueDescription }: Option | Argument): string {
  const parts = [sentence(description)];
  if (argChoices) parts.push(`One of ${argChoices.join(', ')}.`);
  const isTold = defaultValue !== undefined && defaultValue !== false && !Array.isArray(defaultValue);
  if (isTold) parts.push(`The default is ${defaultValueDescription ?? String(defaultValue)}.`);
  return parts.join('\n');
}

function examplesOf(command: Command): string {
  let text = '';
  // What comes before the help is told to those who listen, which the types of commander leave out.
  (command as unknown as EventEmitter).emit('beforeHelp', {
    error: false,
    command,
    write: (piece: string) => {
      text += piece;
    },
  });
  const lines = text.split('\n').filter((each) => each.startsWith('  '));
  if (lines.length === 0) return '';
  return `.Sh EXAMPLES\n.Bd -literal\n${lines.map((each) => line(each.slice(2))).join('\n')}\n.Ed\n`;
}

/** Begins with a capital and ends with a full stop. */
function sentence(text: string): string {
  const ended = /[.!?]$/.test(text) ? text : `${text}.`;
  return ended.slice(0, 1).toUpperCase() + ended.slice(1);
}

/** The width of the lines of a page, in columns, as its readers ask for. */
const WIDTH = 78;

/** Returns a paragraph as lines, each sentence on its own. */
function paragraph(text: string): string {
  const sentences = text.replace(/([.!?]) (?=[A-Z[])/g, '$1\n').split('\n');
  return sentences
    .flatMap((each) => wrapLine(each, WIDTH).split('\n'))
    .map((each) => line(each.trim()))
    .join('\n');
}

/** Escapes what would mean something to mdoc. */
function line(text: string): string {
  return text.replace(/\\/g, '\\e').replace(/^(?=[.'])/, '\\&');
}
