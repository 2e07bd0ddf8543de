import type { CommandOutline, OptionOutline, Values } from './outline.js';

/** Writes the script for zsh, to be evaluated after `compinit` or kept as `_rnn` in a folder of `fpath`. */
export function zshCompletion(commands: readonly CommandOutline[]): string {
  const names = commands.map(({ name, summary }) => `    ${quote(`${name}:${summary}`)}`);
  const cases = commands.map(({ name, options, values }) => {
    const specs = [
      ...options.flatMap(optionSpecs),
      ...(values === 'none' ? [] : [quote(`*:argument:${action(values)}`)]),
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

function optionSpecs({ short, long, help, values }: OptionOutline): string[] {
  const explained = `[${help.replace(/[\\[\]:]/g, '\\$&')}]`;
  const value = values === 'none' ? '' : `:value:${action(values)}`;
  const flags = [...(short ? [short] : []), ...(long ? [values === 'none' ? long : `${long}=`] : [])];
  return flags.map((flag) => quote(`*${flag}${explained}${value}`));
}

function action(values: Values): string {
  if (values === 'file') return '_files';
  return typeof values === 'string' ? ' ' : `(${values.join(' ')})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
