import { type Command, InvalidArgumentError } from 'commander';
import { nearestName } from '../settings/nearest.js';

/** Makes options with choices take them in capitals too, and name the nearest one where a value is none of them. */
export function forgiveChoices(command: Command): void {
  for (const option of command.options) {
    const choices = option.argChoices;
    if (!choices) continue;
    option.argParser((value: string) => {
      const found = choices.find((choice) => choice === value.toLowerCase());
      if (found !== undefined) return found;
      throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.${suggestion(value, choices)}`);
    });
  }
}

/** ` Did you mean iob2?` for what is nearly one of some names; empty for what is none. */
export function suggestion(value: string, names: readonly string[]): string {
  const nearest = nearestName(value, names);
  return nearest === undefined ? '' : ` Did you mean ${nearest}?`;
}
