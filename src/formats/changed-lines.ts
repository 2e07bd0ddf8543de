import type { TextRange } from '../text/sentence.js';
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
 * @param before spans of the record, as they were read
 * @param after what becomes of these
 * @param shift the offset of the start of the text
 * @returns undefined if the record does not have the spans, in UTF-16 units, since they were changed when they were read
 */
export function withSpansOfRecord(
  line: string,
  before: readonly LabelledRange[],
  after: readonly LabelledRange[],
  shift: number,
): string | undefined {
  const isIn = (spans: readonly LabelledRange[], { label, start, end }: LabelledRange): boolean =>
    spans.some((span) => span.label === label && span.start === start && span.end === end);
  const removed = before.filter((span) => !isIn(after, span));
  const added = after.filter((span) => !isIn(before, span));
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
  const elements = places.map(({ start, end }) => {
    const json = line.slice(start, end);
    const span = JSON.parse(json);
    return { json, span, inText: { label: span.label, start: span.start - shift, end: span.end - shift } };
  });
  const own = elements.map(({ inText }) => inText);
  if (!before.every((span) => isIn(own, span))) return undefined;
  const hasText = elements.every(({ span }) => span.text !== undefined);
  const kept = elements
    .filter(({ inText }) => !isIn(removed, inText))
    .map(({ json, span }) => ({ json, start: span.start }));
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

/**
 * Returns a JSON record of a text in which nothing of a range is said to be unlabelled, and all else as it was.
 *
 * @param range of the text
 * @param shift the offset of the start of the text
 */
export function withoutUnlabelled(line: string, range: TextRange, shift: number): string {
  const list = placesOfFields(line).get('unlabelled');
  if (!list) return line;
  const text = String(JSON.parse(line.replace(/^\uFEFF/, '')).text);
  const elements = placesOfElements(line, list).map((place) => line.slice(place.start, place.end));
  const left = elements.flatMap((json) => {
    const element = JSON.parse(json);
    const [start, end] = [element.start - shift, element.end - shift];
    if (end <= range.start || range.end <= start) return [json];
    return [
      { start, end: range.start },
      { start: range.end, end },
    ]
      .filter((part) => text.slice(part.start, Math.max(part.start, part.end)).trim() !== '')
      .map((part) => JSON.stringify({ ...element, start: part.start + shift, end: part.end + shift }));
  });
  if (JSON.stringify(left) === JSON.stringify(elements)) return line;
  return `${line.slice(0, list.start)}[${left.join(',')}]${line.slice(list.end)}`;
}
