import type { CommandOutline, Values } from './outline.js';

/** Writes the script for bash 3.2 or newer. */
export function bashCompletion(commands: readonly CommandOutline[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options.flatMap((option) => {
      const patterns = [option.long, option.short].flatMap((flag) => (flag ? [`'${name} ${flag}'`] : []));
      return option.values === 'none' ? [] : [`    ${patterns.join('|')}) ${offer(option.values)} return ;;`];
    }),
  );
  const flags = commands.map(
    ({ name, options }) =>
      `      ${name}) ${offer(options.flatMap(({ short, long }) => (short ? [short, long] : [long])))} ;;`,
  );
  const others = commands.map((command) => `    ${command.name}) ${offer(command.values)} ;;`);
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
    ${offer([...commands.map(({ name }) => name), '--help', '--version'])}
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
function offer(values: Values): string {
  if (values === 'file') return ':;';
  return `_rnn_words '${typeof values === 'string' ? '' : values.join(' ')}';`;
}
