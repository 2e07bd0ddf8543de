/** A range of a text, `end` exclusive. */
export interface JsonPlace {
  readonly start: number;
  readonly end: number;
}

/**
 * Returns where the values of an object's fields stand in its text; of a name that occurs twice, the last, as `JSON.parse` takes it.
 *
 * @param json the text of an object, which must be valid JSON, with white space around it or without
 */
export function placesOfFields(json: string): Map<string, JsonPlace> {
  const places = new Map<string, JsonPlace>();
  let position = json.indexOf('{') + 1;
  for (;;) {
    const start = json.indexOf('"', position);
    const close = json.indexOf('}', position);
    if (start < 0 || (close >= 0 && close < start)) return places;
    const end = endOfValue(json, start);
    const value = endOfBlank(json, json.indexOf(':', end) + 1);
    position = endOfValue(json, value);
    places.set(String(JSON.parse(json.slice(start, end))), { start: value, end: position });
    position = endOfBlank(json, position);
    if (json[position] !== ',') return places;
  }
}

/** Returns where the elements of a list stand in a text, in which the list begins at `start`. */
export function placesOfElements(json: string, { start }: JsonPlace): JsonPlace[] {
  const places: JsonPlace[] = [];
  let position = endOfBlank(json, start + 1);
  if (json[position] === ']') return places;
  for (;;) {
    const end = endOfValue(json, position);
    places.push({ start: position, end });
    position = endOfBlank(json, end);
    if (json[position] !== ',') return places;
    position = endOfBlank(json, position + 1);
  }
}

function endOfBlank(json: string, from: number): number {
  let position = from;
  while (/[\t\n\r ]/.test(json[position] ?? '')) position++;
  return position;
}

/** Returns the end of the value that begins at a position. */
function endOfValue(json: string, from: number): number {
  let depth = 0;
  for (let position = from; position < json.length; position++) {
    const character = json[position];
    if (character === '"') {
      position++;
      for (; json[position] !== '"'; position++) if (json[position] === '\\') position++;
      if (depth === 0) return position + 1;
    } else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') {
      if (depth === 0) return position;
      if (--depth === 0) return position + 1;
    } else if (depth === 0 && /[,\t\n\r ]/.test(character ?? '')) return position;
  }
  return json.length;
}
