import type { TextSpan } from '../text/sentence.js';
import { asList, asObject, asOffset, asText, field, isObject, type JsonObject, refuse } from './json-fields.js';
import type { JsonShape, RawRecord, RecordContext, SkippedRecord } from './json-texts.js';
import { readLabel } from './jsonl.js';
import type { SpanControl, SpanLabelling } from './label-studio-configuration.js';
import { isHtmlRegion, placeHtmlRegions, readHtmlRegion } from './label-studio-html.js';
import { placeEach, type RawSpan } from './text-spans.js';

/** The types of results that are labelled spans; each is also the name of the field with the labels. */
const SPAN_TYPES: ReadonlySet<string> = new Set(['labels', 'hypertextlabels', 'htmllabels']);

/** The fields of a task that are read, and those that Label Studio writes by itself. */
const KNOWN_IN_TASKS: ReadonlySet<string> = new Set(
  (
    'id document data annotations completions predictions created_at updated_at inner_id total_annotations cancelled_annotations ' +
    'total_predictions comment_count unresolved_comment_count last_comment_updated_at comment_authors project updated_by file_upload ' +
    'is_labeled overlap allow_skip'
  ).split(' '),
);
const KNOWN_IN_MINIMAL = 'id document annotator annotation_id created_at updated_at lead_time'.split(' ');

/**
 * The exports of Label Studio: JSON, `[{"data": {"text"}, "annotations": [{"result": [...]}]}]`, and JSON-MIN,
 * `[{"text", "label": [{"start", "end", "labels"}]}]`. Annotations are what people did; predictions are a model's guesses.
 */
export const labelStudioShape: JsonShape = {
  name: 'label-studio',
  title: "Label Studio's export",
  offsets: 'codepoints',
  holdsOverlaps: true,
  isArray: true,
  isCertain(value) {
    if (!isObject(value)) return false;
    if (isObject(field(value, 'data')))
      return ['annotations', 'completions', 'predictions'].some((name) => Array.isArray(field(value, name)));
    return Object.values(value).some((list) => Array.isArray(list) && SPAN_TYPES.has(typeOfValue(list[0]) ?? ''));
  },
  read(value, context) {
    const { place } = context;
    const task = asObject(value, 'the task', place);
    const data = field(task, 'data');
    if (data === undefined) {
      const results = resultsOfMinimal(task, place);
      const named = results.flatMap(({ fromName }) => (typeof fromName === 'string' ? fromName : []));
      return readResults(task, results, context, [...KNOWN_IN_MINIMAL, ...named]);
    }
    const results = resultsOfTask(task, context);
    if ('skipped' in results) return results;
    context.fields?.addFields(task, KNOWN_IN_TASKS, place);
    return readResults(asObject(data, '"data"', place), results, context, []);
  },
  write({ text, spans, id, document, isGuess }, toUnit) {
    const result = (some: readonly TextSpan[]) => resultsOf(text, some, toUnit, USUAL_NAMES);
    const guesses = spans.filter(({ confidence }) => confidence !== undefined);
    const gold = spans.filter(({ confidence }) => confidence === undefined);
    return {
      ...(id !== undefined && { id }),
      ...(document !== undefined && { document }),
      data: { text },
      ...((gold.length > 0 || !(isGuess || guesses.length > 0)) && { annotations: [{ result: result(gold) }] }),
      ...((guesses.length > 0 || isGuess) && { predictions: [{ ...scoreOf(guesses), result: result(guesses) }] }),
    };
  },
};

/** The names of tags in Label Studio's own template for named entities. */
const USUAL_NAMES = { fromName: 'label', toName: 'text' };

/** Returns spans as results of an annotation or a prediction; `toUnit` converts UTF-16 offsets to code points. */
export function resultsOf(
  text: string,
  spans: readonly TextSpan[],
  toUnit: (offset: number) => number,
  { fromName, toName }: Pick<SpanControl, 'fromName'> & Pick<SpanLabelling, 'toName'>,
): JsonObject[] {
  return spans.map(({ label, start, end, confidence }, index) => ({
    id: `span-${index + 1}`,
    from_name: fromName,
    to_name: toName,
    type: 'labels',
    value: { start: toUnit(start), end: toUnit(end), text: text.slice(start, end), labels: [label] },
    ...(confidence !== undefined && { score: confidence }),
  }));
}

/** Returns the score by which Label Studio sorts tasks: that of the least certain span. */
export function scoreOf(guesses: readonly TextSpan[]): { readonly score?: number } {
  const scores = guesses.flatMap(({ confidence }) => confidence ?? []);
  return scores.length > 0 ? { score: Math.min(...scores) } : {};
}

/** One thing that a person did to a task: a labelled span, a choice, a rating ... */
interface Result {
  readonly type: string;
  readonly value: unknown;
  /** The name of what was labelled, which is often that of a field of the data. */
  readonly toName?: unknown;
  /** The name of what it was labelled with; in JSON-MIN it is a field of the task. */
  readonly fromName?: unknown;
}

/** Returns the results of a task's first annotation that was not cancelled; reports if there are several. */
function resultsOfTask(task: JsonObject, { place, report, leftOut }: RecordContext): readonly Result[] | SkippedRecord {
  const lists = asList(field(task, 'annotations') ?? field(task, 'completions') ?? [], '"annotations"', place);
  const predictions = asList(field(task, 'predictions') ?? [], '"predictions"', place);
  const annotations = lists
    .map((each) => asObject(each, 'an annotation', place))
    .filter((each) => {
      const isCancelled = field(each, 'was_cancelled') === true;
      if (isCancelled) leftOut.add('cancelled annotations', place);
      return !isCancelled;
    });
  const [first] = annotations;
  if (!first) {
    if (predictions.length === 0) return { skipped: 'the task has no annotation' };
    leftOut.add('tasks with predictions of a model alone', place);
    return { skipped: undefined };
  }
  for (const _ of predictions) leftOut.add('predictions of a model', place);
  if (annotations.length > 1)
    report({ kind: 'record', place, what: `the task has ${annotations.length} annotations; the first one is used` });
  return asList(field(first, 'result') ?? [], '"result"', place).map((each) => {
    const result = asObject(each, 'a result', place);
    const type = field(result, 'type');
    return {
      type: typeof type === 'string' ? type : 'results without a type',
      value: field(result, 'value'),
      toName: field(result, 'to_name'),
      fromName: field(result, 'from_name'),
    };
  });
}

/** Returns the results of a JSON-MIN task: the elements of its lists that have a field of labels or choices. */
function resultsOfMinimal(task: JsonObject, place: string): readonly Result[] {
  return Object.entries(task).flatMap(([name, list]) => {
    const values = name === 'label' ? asList(list, '"label"', place) : Array.isArray(list) ? list : [list];
    return values.flatMap((value): Result[] => {
      const type = typeOfValue(value) ?? (name === 'label' ? 'labels' : undefined);
      return type === undefined ? [] : [{ type, value, fromName: name }];
    });
  });
}

/** Returns the type of a result by the name of the field that says what it is. */
function typeOfValue(value: unknown): string | undefined {
  if (!isObject(value)) return undefined;
  return Object.keys(value).find(
    (name) => /labels$/.test(name) || ['choices', 'rating', 'taxonomy', 'number', 'datetime', 'ranker'].includes(name),
  );
}

/** Tells whether a result is a span of text; `labels` of audio name a channel. */
function isSpan({ type, value }: Result): boolean {
  return SPAN_TYPES.has(type) && !(isObject(value) && field(value, 'channel') !== undefined);
}

/**
 * Reads the spans of a task, and counts the other results.
 *
 * @param data the object with the text; in JSON-MIN it is the task
 * @param known the fields of `data` that are not told as left out
 */
function readResults(
  data: JsonObject,
  results: readonly Result[],
  context: RecordContext,
  known: readonly string[],
): RawRecord | SkippedRecord {
  const { place, report, leftOut, fields, offsets } = context;
  const all = results.filter((result) => {
    if (!isSpan(result)) leftOut.add(SPAN_TYPES.has(result.type) ? 'labels of audio' : result.type, place);
    return isSpan(result);
  });
  const textName = chooseField(data, all[0]?.toName);
  const spans = all.filter(({ toName }) => {
    const isOther = typeof toName === 'string' && toName !== all[0]?.toName && typeof field(data, toName) === 'string';
    if (isOther) leftOut.add(`labels of ${JSON.stringify(toName)}, a second text`, place);
    return !isOther;
  });
  const text = asText(textName === undefined ? undefined : field(data, textName), '"text" of "data"', place);
  fields?.addFields(data, new Set([textName ?? '', ...known]), place, known.length > 0 ? '' : ' of "data"');
  for (const { fromName, toName } of spans) {
    if (typeof fromName === 'string' && fromName !== 'label')
      fields?.add(`from_name ${JSON.stringify(fromName)}`, place);
    if (typeof toName === 'string' && toName !== 'text') fields?.add(`to_name ${JSON.stringify(toName)}`, place);
  }
  const isHtml =
    spans.length === 0
      ? looksLikeHtml(text)
      : spans.some(({ type, value }) => type !== 'labels' || isHtmlRegion(value));
  const elsewhere = { skipped: `the text is not in the file, but at ${text}`, isLost: true } as const;
  if (!isHtml) {
    const read = spans.flatMap(({ value }) => readValue(value, place));
    if (ADDRESS.test(text) && read.some(({ end }) => end > text.length)) return elsewhere;
    const placed = placeEach(text, read, offsets ?? 'codepoints', offsets !== undefined);
    const inText = placed.flatMap((each) => ('span' in each ? each.span : []));
    // Labels that are nowhere tell nothing of the text, which is then read as one without labels.
    if (inText.length > 0 || !looksLikeHtml(text)) {
      for (const each of placed)
        if ('what' in each) report({ kind: 'span elsewhere', place, what: `${each.what}; left out` });
      return { text, spans: inText, offsets: 'utf16' };
    }
  }
  if (spans.length === 0) leftOut.add('tags of HTML without labels', place);
  else if (ADDRESS.test(text)) return elsewhere;
  else fields?.add('markup and paths of HTML, whose text is written with spans as labels of plain text', place);
  const regions = spans.map(({ type, value }) => {
    const range = asObject(value, 'the value of a result', place);
    return readHtmlRegion(range, readLabels(range, type, place), place);
  });
  return placeHtmlRegions(text, regions, offsets, place, report);
}

/** Returns the name of the field that holds the text: the one that was labelled, `text`, `html`, or else the first text. */
function chooseField(data: JsonObject, toName: unknown): string | undefined {
  const names = Object.keys(data).filter((name) => typeof field(data, name) === 'string');
  return [toName, 'text', 'html'].map((wanted) => names.find((name) => name === wanted)).find(Boolean) ?? names[0];
}

const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/|\/data\/)\S*$/i;

/** Tells whether a text without labels is HTML; with labels, their offsets show it. */
function looksLikeHtml(text: string): boolean {
  return /^\s*<(?:!doctype\s|[a-z][a-z0-9]*[\s>])/i.test(text) && /<\/[a-z][a-z0-9]*>\s*$/i.test(text);
}

/** Reads a span of plain text, one for each of its labels. */
function readValue(value: unknown, place: string): RawSpan[] {
  const span = asObject(value, 'the value of a result', place);
  const text = field(span, 'text');
  return readLabels(span, 'labels', place).map((label) => ({
    label,
    start: asOffset(field(span, 'start'), '"start"', place),
    end: asOffset(field(span, 'end'), '"end"', place),
    ...(typeof text === 'string' && { text }),
  }));
}

function readLabels(span: JsonObject, type: string, place: string): string[] {
  const labels = asList(field(span, type) ?? field(span, 'labels'), '"labels"', place);
  if (labels.length === 0) return refuse(place, '"labels"', 'a label', undefined);
  return labels.map((label) => readLabel(label, place));
}
