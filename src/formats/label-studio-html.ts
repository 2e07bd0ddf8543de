import { quote } from '../text/quote.js';
import type { TextRange } from '../text/sentence.js';
import type { ConversionIssue, OffsetUnit } from './format.js';
import { type HtmlPlace, type HtmlText, readHtml } from './html-text.js';
import { asOffset, asText, field, isObject, type JsonObject } from './json-fields.js';
import type { RawRecord } from './json-texts.js';

/** A range of HTML that a person labelled, as the value of a result gives it. */
interface HtmlRegion {
  readonly labels: readonly string[];
  /** The range by the paths of its first and last node, with offsets in them. */
  readonly paths?: readonly [start: string, startOffset: number, end: string, endOffset: number] | undefined;
  /** The range as Label Studio counts the characters of the page. */
  readonly counts?: readonly [start: number, end: number] | undefined;
  /** What the range showed; line breaks are written `\n`, as a backslash and an n. */
  readonly text?: string | undefined;
}

/** Tells whether the value of a result is a range of HTML rather than of a plain text. */
export function isHtmlRegion(value: unknown): boolean {
  if (!isObject(value)) return false;
  const start = field(value, 'start');
  return isObject(field(value, 'globalOffsets')) || (typeof start === 'string' && /^\.?\//.test(start));
}

/**
 * Reads the value of a result of an HTML project.
 *
 * @throws {UserError} if it gives no range
 */
export function readHtmlRegion(value: JsonObject, labels: readonly string[], place: string): HtmlRegion {
  const [start, end, text] = [field(value, 'start'), field(value, 'end'), field(value, 'text')];
  const counts = field(value, 'globalOffsets');
  const arePaths = typeof start === 'string' && typeof end === 'string';
  const offset = (name: string): number => asOffset(field(value, name), `"${name}"`, place);
  const range = isObject(counts) ? counts : arePaths ? undefined : value;
  return {
    labels,
    paths: arePaths ? [start, offset('startOffset'), end, offset('endOffset')] : undefined,
    counts: range && [asOffset(field(range, 'start'), '"start"', place), asOffset(field(range, 'end'), '"end"', place)],
    text: typeof text === 'string' && text !== '' ? text : undefined,
  };
}

/**
 * Turns HTML into the text that a browser shows, and finds the labelled ranges in it. Label Studio trusts paths before counts;
 * the text that a range showed decides between them, and tells how the page was embedded and what offsets count. Ranges that are
 * nowhere are reported.
 *
 * @param unit what offsets count, if a person says so
 */
export function placeHtmlRegions(
  html: string,
  regions: readonly HtmlRegion[],
  unit: OffsetUnit | undefined,
  place: string,
  report: (issue: ConversionIssue) => void,
): RawRecord {
  const { page, ranges } = placeBest(html, regions, unit, place);
  const spans = regions.flatMap((region, index) => {
    const range = ranges[index];
    if (!range) report({ kind: 'span elsewhere', place, what: describeMissing(region, page) });
    return range ? region.labels.map((label) => ({ label, ...range })) : [];
  });
  return { text: asText(page.text, 'the text of the HTML', place), spans, offsets: 'utf16' };
}

interface PlacedRegions {
  readonly page: HtmlText;
  readonly ranges: readonly (TextRange | undefined)[];
  readonly missing: number;
}

/** Reads a page in the first of the possible ways in which the fewest regions are missing. */
function placeBest(
  html: string,
  regions: readonly HtmlRegion[],
  told: OffsetUnit | undefined,
  place: string,
): PlacedRegions {
  const unit = told ?? 'codepoints';
  const placedAs = (shownAs: HtmlPlace, counted: OffsetUnit): PlacedRegions =>
    placeAll(readHtml(html, shownAs, place, counted), regions);
  let best = placedAs('page', unit);
  for (const [shownAs, counted] of [['inline', unit], ...(told ? [] : OTHER_COUNTS)] as const) {
    if (best.missing === 0) break;
    const placed = placedAs(shownAs, counted);
    if (placed.missing < best.missing) best = placed;
  }
  return best;
}

const OTHER_COUNTS = [
  ['page', 'utf16'],
  ['inline', 'utf16'],
] as const;

function placeAll(page: HtmlText, regions: readonly HtmlRegion[]): PlacedRegions {
  const ranges = regions.map((region) =>
    candidates(page, region).find((range) => region.text === undefined || shows(page, range, region.text)),
  );
  return { page, ranges, missing: ranges.filter((range) => !range).length };
}

/** Returns where a region may be: by its paths, then by its counts. */
function candidates(page: HtmlText, { paths, counts }: HtmlRegion): TextRange[] {
  const found: (TextRange | undefined)[] = [];
  if (paths) {
    const [from, to] = [page.countAt(paths[0]), page.countAt(paths[2])];
    if (from !== undefined && to !== undefined) found.push(page.shownRange(from + paths[1], to + paths[3]));
  }
  if (counts) found.push(page.shownRange(...counts));
  return found.filter((range) => range !== undefined);
}

/** Tells whether a range has a text, whatever its white space, and its case, which style sheets change. */
function shows({ text }: HtmlText, { start, end }: TextRange, wanted: string): boolean {
  return essenceOf(text.slice(start, end)) === essenceOf(wanted);
}

function essenceOf(text: string): string {
  return text.replace(/\\n|\s+/g, '').toLowerCase();
}

function describeMissing(region: HtmlRegion, page: HtmlText): string {
  const { labels, paths, counts, text } = region;
  const where = counts ? `${counts[0]} to ${counts[1]}` : `${paths?.[0]} to ${paths?.[2]}`;
  const [there] = candidates(page, region);
  const found = there
    ? `the HTML has ${quote(page.text.slice(there.start, there.end))} there`
    : 'the HTML has no text there';
  return `${labels.join(', ')} (${where})${text === undefined ? '' : ` should be ${quote(text)}, but`} ${found}; left out`;
}
