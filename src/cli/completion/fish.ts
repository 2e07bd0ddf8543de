import type { CommandOutline, Values } from './outline.js';

/** Writes the script for fish. */
export function fishCompletion(commands: readonly CommandOutline[]): string {
  const lines = ['# Completion of rnn for fish: rnn completion fish | source', 'complete -c rnn -f'];
  for (const { name, summary } of commands)
    lines.push(`complete -c rnn -n __fish_use_subcommand -a ${name} -d ${quote(summary)}`);
  for (const { name, options, values } of commands) {
    const seen = `complete -c rnn -n '__fish_seen_subcommand_from ${name}'`;
    for (const { short, long, help, values: own } of options) {
      const flags = `${short ? ` -s ${short.slice(1)}` : ''} -l ${long.slice(2)}`;
      lines.push(`${seen}${flags}${value(own)} -d ${quote(help)}`);
    }
    if (values === 'file') lines.push(`${seen} -F`);
    else if (typeof values !== 'string') lines.push(`${seen} -a ${quote(values.join(' '))}`);
  }
  return `${lines.join('\n')}\n`;
}

function value(values: Values): string {
  if (values === 'none') return '';
  if (values === 'file') return ' -r -F';
  return typeof values === 'string' ? ' -x' : ` -x -a ${quote(values.join(' '))}`;
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
