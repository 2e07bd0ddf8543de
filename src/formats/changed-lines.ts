import { type ConllLayout, PAIR_KEY, splitColumns, tagOfPairs, withTagOfPairs } from './conll-layout.js';
import { placesOfElements, placesOfFields } from './json-places.js';

/**
 * Returns a line of columns with another tag, and all else as it was.
 *
 * @param line without its line feed; a carriage return at its end stays
 */
export function withTag(line: string, tag: string, { tagColumn, hasPairs }: ConllLayout): string {
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  const content = line.slice(0, end);
  const separator = content.includes('\t') ? '\t' : ' ';
  const column = tagColumn ?? splitColumns(content).length;
  let position = 0;
  for (let count = 0; ; position++) {
    if (separator === ' ') while (content[position] === ' ') position++;
    const next = content.indexOf(separator, position);
    const stop = next < 0 ? end : next;
    if (++count === column) {
      const before = content.slice(position, stop);
      return content.slice(0, position) + (hasPairs ? inPairs(before, tag) : tag) + line.slice(stop);
    }
    if (next < 0) return line;
    position = stop;
  }
}

function inPairs(column: string, tag: string): string {
  if (tagOfPairs(column) === tag) return column;
  const changed = withTagOfPairs(column, tag);
  if (changed !== column) return changed;
  return column === '_' ? `${PAIR_KEY}=${tag}` : `${column}|${PAIR_KEY}=${tag}`;
}

/**
 * Returns a JSON record of tokens and tags with other tags, and all else as it was.
 *
 * @param tags undefined for a tag that stays
 * @param names the names of numbers, if tags may be numbers
 */
export function withTagsOfRecord(
  line: string,
  tags: readonly (string | undefined)[],
  names: readonly string[] | undefined,
): string {
  const fields = placesOfFields(line);
  const list = fields.get('tags') ?? fields.get('ner_tags') ?? fields.get('labels');
  if (!list) return line;
  let changed = line;
  for (const [index, { start, end }] of [...placesOfElements(line, list).entries()].reverse()) {
    const tag = tags[index];
    if (tag === undefined) continue;
    const isNumber = !line.slice(start, end).startsWith('"');
    const number = isNumber && names ? names.indexOf(tag) : -1;
    changed = changed.slice(0, start) + (number >= 0 ? String(number) : JSON.stringify(tag)) + changed.slice(end);
  }
  return changed;
}

/** A range of a text with a label. */
interface LabelledRange {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Returns a JSON record of a text and spans without some of its spans and with others, and all else as it was.
 *
 * @param shift what the offsets of spans count from the start of the text
 */
export function withSpansOfRecord(
  line: string,
  removed: readonly LabelledRange[],
  added: readonly LabelledRange[],
  shift: number,
): string {
  const record = JSON.parse(line.replace(/^\uFEFF/, ''));
  const list = placesOfFields(line).get('spans');
  const show = ({ label, start, end }: LabelledRange, hasText: boolean): string =>
    JSON.stringify({
      ...{ label, start: start + shift, end: end + shift },
      ...(hasText && { text: String(record.text).slice(start, end) }),
    });
  if (!list) {
    const close = line.lastIndexOf('}');
    return `${line.slice(0, close)},"spans":[${added.map((span) => show(span, true)).join(',')}]${line.slice(close)}`;
  }
  const places = placesOfElements(line, list);
  const elements = places.map(({ start, end }) => ({
    json: line.slice(start, end),
    span: JSON.parse(line.slice(start, end)),
  }));
  const isRemoved = ({ span }: (typeof elements)[number]): boolean =>
    removed.some(
      ({ label, start, end }) => span.label === label && span.start === start + shift && span.end === end + shift,
    );
  const hasText = elements.every(({ span }) => span.text !== undefined);
  const kept = elements.filter((element) => !isRemoved(element)).map(({ json, span }) => ({ json, start: span.start }));
  const all = [...kept, ...added.map((span) => ({ json: show(span, hasText), start: span.start + shift }))];
  const [first, second] = places;
  const separator =
    first && second
      ? line.slice(first.end, second.start)
      : line.slice(list.start, list.end).includes('": ')
        ? ', '
        : ',';
  all.sort((a, b) => a.start - b.start);
  return `${line.slice(0, list.start)}[${all.map(({ json }) => json).join(separator)}]${line.slice(list.end)}`;
}
