import { Argument, type Command, type Option } from 'commander';
import { ALL_SETTINGS, describeSetting } from '../settings/descriptions.js';
import { flagOf } from '../settings/flags.js';
import { print } from './streams.js';

const SHELLS = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
} as const;

const EXAMPLES = `Examples:
  eval "$(rnn completion bash)"                in ~/.bashrc
  eval "$(rnn completion zsh)"                 in ~/.zshrc, after compinit
  rnn completion fish > ~/.config/fish/completions/rnn.fish
  rnn completion powershell | Out-String | Invoke-Expression       in $PROFILE
`;

/** Adds `rnn completion`; `createWhole` makes the program with all of its commands. */
export function addCompletionCommand(program: Command, createWhole: () => Promise<Command>): void {
  program
    .command('completion')
    .summary('let the shell complete commands, options and their values')
    .description('Prints a script that lets a shell complete commands, options and their values.')
    .addHelpText('before', EXAMPLES)
    .addArgument(new Argument('<shell>', 'which one').choices(Object.keys(SHELLS)))
    .action(async (shell: keyof typeof SHELLS) => print(SHELLS[shell](outlineOf(await createWhole()))));
}

/** The values that can be typed: some words, the name of a file, values that nobody can know, or none at all. */
type Values = readonly string[] | 'file' | 'unknown' | 'none';

interface OptionOutline {
  /** The short name, as `-o`. */
  readonly short: string | undefined;
  /** The long name, as `--output`. */
  readonly long: string;
  readonly help: string;
  readonly values: Values;
}

interface CommandOutline {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly OptionOutline[];
  /** The values of its arguments. */
  readonly values: Values;
}

/** Returns what completion needs to know of a program's commands. */
function outlineOf(program: Command): CommandOutline[] {
  const names = program.commands.map((command) => command.name());
  return program.commands.map((command) => {
    const [argument] = command.registeredArguments;
    const files = argument ? (argument.argChoices ?? 'file') : 'none';
    return {
      name: command.name(),
      summary: command.summary(),
      options: [...command.options.map(outlineOfOption), HELP],
      values: command.name() === 'help' ? names : files,
    };
  });
}

const HELP: OptionOutline = { short: '-h', long: '--help', help: 'display help for command', values: 'none' };

/** Matches options whose values are no files: numbers, lists of names, and text. */
const UNKNOWN = /<(?:n|x|text|names|tag|fractions|[a-z]+s)>/;

function outlineOfOption(option: Option): OptionOutline {
  const { short, long = '', description, argChoices } = option;
  const words = argChoices ?? choicesOfSetting(long);
  const typed = UNKNOWN.test(option.flags) ? 'unknown' : 'file';
  const takesValue = option.required || option.optional;
  return { short, long, help: description, values: takesValue ? (words ?? typed) : 'none' };
}

function choicesOfSetting(flag: string): readonly string[] | undefined {
  const name = ALL_SETTINGS.find((each) => flagOf(each) === flag);
  return name && describeSetting(name).enum?.map(String);
}

/** Writes the script for bash 3.2 or newer. */
function bashCompletion(commands: readonly CommandOutline[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap((option) => {
      const patterns = [option.long, option.short].flatMap((flag) => (flag ? [`'${name} ${flag}'`] : []));
      return option.values === 'none' ? [] : [`    ${patterns.join('|')}) ${offerForBash(option.values)} return ;;`];
    }),
  );
  const flags = commands.map(
    ({ name, options }) =>
      `      ${name}) ${offerForBash(options.flatMap(({ short, long }) => (short ? [short, long] : [long])))} ;;`,
  );
  const others = commands.map((command) => `    ${command.name}) ${offerForBash(command.values)} ;;`);
  return `# Completion of rnn for bash: eval "$(rnn completion bash)"
_rnn_words() {
  compopt +o default 2>/dev/null
  COMPREPLY=($(compgen -W "$1" -- "$current"))
}
_rnn() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command=\${COMP_WORDS[1]}
  COMPREPLY=()
  if [[ $current == '=' ]]; then
    current=
  elif [[ $previous == '=' ]]; then
    previous=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD == 1)); then
    ${offerForBash([...commands.map(({ name }) => name), '--help', '--version'])}
    return
  fi
  case "$command $previous" in
${values.join('\n')}
  esac
  if [[ $current == -* ]]; then
    case $command in
${flags.join('\n')}
    esac
    return
  fi
  case $command in
${others.join('\n')}
  esac
}
complete -o default -F _rnn rnn
`;
}

/** Writes a statement that offers values; if it offers nothing, bash offers files. */
function offerForBash(values: Values): string {
  if (values === 'file') return ':;';
  return `_rnn_words '${typeof values === 'string' ? '' : values.join(' ')}';`;
}

/** Writes the script for zsh, to be evaluated after `compinit` or kept as `_rnn` in a folder of `fpath`. */
function zshCompletion(commands: readonly CommandOutline[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoteForZsh(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, options, values }) => {
    const specs = [
      ...options.flatMap(specsForZsh),
      ...(values === 'none' ? [] : [quoteForZsh(`*:argument:${actionForZsh(values)}`)]),
    ];
    return `    ${name})\n      _arguments -S \\\n        ${specs.join(' \\\n        ')}\n      ;;`;
  });
  return `#compdef rnn
# Completion of rnn for zsh: eval "$(rnn completion zsh)"
_rnn() {
  local -a commands
  commands=(
${names.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ $funcstack[1] == _rnn ]]; then
  _rnn "$@"
else
  compdef _rnn rnn
fi
`;
}

function specsForZsh({ short, long, help, values }: OptionOutline): string[] {
  const explained = `[${help.replace(/[\\[\]:]/g, '\\$&')}]`;
  const value = values === 'none' ? '' : `:value:${actionForZsh(values)}`;
  const flags = [...(short ? [short] : []), ...(long ? [values === 'none' ? long : `${long}=`] : [])];
  return flags.map((flag) => quoteForZsh(`*${flag}${explained}${value}`));
}

function actionForZsh(values: Values): string {
  if (values === 'file') return '_files';
  return typeof values === 'string' ? ' ' : `(${values.join(' ')})`;
}

function quoteForZsh(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Writes the script for fish. */
function fishCompletion(commands: readonly CommandOutline[]): string {
  const lines = ['# Completion of rnn for fish: rnn completion fish | source', 'complete -c rnn -f'];
  for (const { name, summary } of commands)
    lines.push(`complete -c rnn -n __fish_use_subcommand -a ${name} -d ${quoteForFish(summary)}`);
  for (const { name, options, values } of commands) {
    const seen = `complete -c rnn -n '__fish_seen_subcommand_from ${name}'`;
    for (const { short, long, help, values: own } of options) {
      const flags = `${short ? ` -s ${short.slice(1)}` : ''} -l ${long.slice(2)}`;
      lines.push(`${seen}${flags}${valueForFish(own)} -d ${quoteForFish(help)}`);
    }
    if (values === 'file') lines.push(`${seen} -F`);
    else if (typeof values !== 'string') lines.push(`${seen} -a ${quoteForFish(values.join(' '))}`);
  }
  return `${lines.join('\n')}\n`;
}

function valueForFish(values: Values): string {
  if (values === 'none') return '';
  if (values === 'file') return ' -r -F';
  return typeof values === 'string' ? ' -x' : ` -x -a ${quoteForFish(values.join(' '))}`;
}

function quoteForFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

/** Writes the script for PowerShell 5 or newer. Where it offers nothing, PowerShell offers files. */
function powershellCompletion(commands: readonly CommandOutline[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoteForPowershell(name)} = ${quoteForPowershell(summary)}`);
  const options = commands.map(({ name, options: own }) => {
    const lines = own.flatMap(({ short, long, help }) =>
      [short, long].flatMap((flag) =>
        flag ? [`      ${quoteForPowershell(flag)} = ${quoteForPowershell(help)}`] : [],
      ),
    );
    return `    ${quoteForPowershell(name)} = [ordered]@{\n${lines.join('\n')}\n    }`;
  });
  const values = commands.flatMap(({ name, options: own, values: ofArguments }) => [
    ...(typeof ofArguments === 'string' ? [] : [listForPowershell(name, ofArguments)]),
    ...own.flatMap(({ short, long, values: ofOption }) =>
      [short, long].flatMap((flag) =>
        flag && ofOption !== 'none'
          ? [listForPowershell(`${name} ${flag}`, typeof ofOption === 'string' ? [] : ofOption)]
          : [],
      ),
    ),
  ]);
  return `# Completion of rnn for PowerShell: rnn completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName rnn -ScriptBlock {
  param($word, $ast, $cursor)
  $commands = [ordered]@{
${names.join('\n')}
  }
  $options = @{
${options.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  function Offer($found, $kind) {
    foreach ($entry in $found.GetEnumerator()) {
      if ($entry.Key -like "$word*") {
        [System.Management.Automation.CompletionResult]::new($entry.Key, $entry.Key, $kind, $entry.Value)
      }
    }
  }
  function Offer-Values($list) {
    $found = [ordered]@{}
    foreach ($value in $list) { $found[$value] = $value }
    Offer $found 'ParameterValue'
  }
  $typed = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
  if ($typed.Count -le 1) { return Offer $commands 'ParameterValue' }
  $command = $typed[1]
  $previous = "$command $($typed[-1])"
  if ($typed.Count -gt 2 -and $values.ContainsKey($previous)) { return Offer-Values $values[$previous] }
  if ($word -like '-*') {
    if ($options.ContainsKey($command)) { return Offer $options[$command] 'ParameterName' }
    return
  }
  if ($values.ContainsKey($command)) { Offer-Values $values[$command] }
}
`;
}

function listForPowershell(key: string, values: readonly string[]): string {
  return `    ${quoteForPowershell(key)} = @(${values.map(quoteForPowershell).join(', ')})`;
}

function quoteForPowershell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
