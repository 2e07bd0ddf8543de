import { type Command, InvalidArgumentError } from 'commander';

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
  const distances = names.map((name) => distance(value.toLowerCase(), name));
  const least = Math.min(...distances);
  const nearest = names[distances.indexOf(least)];
  return nearest !== undefined && 2 * least <= nearest.length ? ` Did you mean ${nearest}?` : '';
}

/** How many letters must be added, removed, exchanged or swapped with a neighbour (Damerau 1964, neighbours once). */
function distance(text: string, other: string): number {
  const rows: number[][] = [];
  for (let i = 0; i <= text.length; i++) {
    const row: number[] = [];
    for (let j = 0; j <= other.length; j++) {
      const above = rows[i - 1];
      if (!above || j === 0) {
        row.push(i + j);
        continue;
      }
      const isSame = text[i - 1] === other[j - 1];
      let least = Math.min(
        (above[j - 1] as number) + (isSame ? 0 : 1),
        (above[j] as number) + 1,
        (row[j - 1] as number) + 1,
      );
      if (text[i - 1] === other[j - 2] && text[i - 2] === other[j - 1])
        least = Math.min(least, (rows[i - 2]?.[j - 2] ?? Number.POSITIVE_INFINITY) + 1);
      row.push(least);
    }
    rows.push(row);
  }
  return rows[text.length]?.[other.length] ?? 0;
}
