import { readFileSync } from 'node:fs';

/** A command that the README shows, without its prompt, and the lines that it prints below it. */
export interface ShownCommand {
  readonly args: readonly string[];
  readonly lines: readonly string[];
}

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** Returns the commands of the README's screen with real output. */
export function shownCommands(): ShownCommand[] {
  const screen = /```\n(\$ rnn.*?)```/s.exec(README)?.[1] ?? '';
  return screen.split(/^\$ rnn /m).flatMap((part) => {
    const [command = '', ...lines] = part.trimEnd().split('\n');
    return command === '' ? [] : [{ args: command.split(' '), lines: lines.filter((line) => line !== '...') }];
  });
}

/** Replaces what differs from run to run: speeds and times. */
export function withoutTimes(text: string): string {
  return text.replace(/[\d,]+ tokens\/s/g, 'N tokens/s').replace(/[\d.]+ s\b/g, 'N s');
}

/** Replaces all numbers, and the spaces before them. */
export function shapeOf(text: string): string {
  return text.replace(/ *[\d,.]*\d/g, 'N');
}

/** Returns the lines that do not occur among others in their order. */
export function missingLines(lines: readonly string[], others: readonly string[]): string[] {
  let from = 0;
  return lines.filter((line) => {
    const found = others.indexOf(line, from);
    if (found >= 0) from = found + 1;
    return found < 0;
  });
}
