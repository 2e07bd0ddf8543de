/** Colours that neighbours can be told apart by: a hue in degrees for pages, and what comes near it on a terminal. */
const COLOURS = [
  { hue: 210, terminal: 'cyan' },
  { hue: 35, terminal: 'yellow' },
  { hue: 130, terminal: 'green' },
  { hue: 285, terminal: 'magenta' },
  { hue: 0, terminal: 'red' },
  { hue: 240, terminal: 'blue' },
  { hue: 175, terminal: 'cyanBright' },
  { hue: 60, terminal: 'yellowBright' },
  { hue: 320, terminal: 'magentaBright' },
  { hue: 95, terminal: 'greenBright' },
] as const;

export type LabelColour = (typeof COLOURS)[number];

/**
 * Returns a function that gives the colour of a label, by its place among all labels of a model, so that a label has one
 * colour on terminals and on pages. Where there are more labels than colours, colours are used again.
 *
 * @param labels all labels, sorted
 */
export function labelColours(labels: readonly string[]): (label: string) => LabelColour {
  const places = new Map(labels.map((label, index) => [label, index]));
  return (label) => COLOURS[(places.get(label) ?? 0) % COLOURS.length] ?? COLOURS[0];
}
