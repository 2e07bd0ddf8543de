import type { Report } from './format.js';
import { asList, asObject, asOffset, asText, field, isObject, type JsonObject, refuse } from './json-fields.js';
import type { JsonShape, RawRecord } from './json-texts.js';
import { hasText, readLabel } from './jsonl.js';
import type { RawSpan } from './text-spans.js';

/**
 * The exports of Label Studio: JSON, `[{"data": {"text"}, "annotations": [{"result": [...]}]}]`, and JSON-MIN,
 * `[{"text", "label": [{"start", "end", "labels"}]}]`.
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
      return Array.isArray(field(value, 'annotations') ?? field(value, 'completions'));
    const spans = field(value, 'label');
    return hasText(value) && Array.isArray(spans) && isObject(spans[0]) && Array.isArray(field(spans[0], 'labels'));
  },
  read(value, place, report) {
    const task = asObject(value, 'the task', place);
    const data = field(task, 'data');
    if (data !== undefined) return readTask(task, asObject(data, '"data"', place), place, report);
    const spans = asList(field(task, 'label') ?? [], '"label"', place);
    return {
      text: asText(field(task, 'text'), '"text"', place),
      spans: spans.flatMap((span) => readValue(span, place)),
    };
  },
  write: ({ text, spans, id, document }, toUnit) => ({
    ...(id !== undefined && { id }),
    ...(document !== undefined && { document }),
    data: { text },
    annotations: [
      {
        result: spans.map(({ label, start, end }, index) => ({
          id: `span-${index + 1}`,
          from_name: 'label',
          to_name: 'text',
          type: 'labels',
          value: { start: toUnit(start), end: toUnit(end), text: text.slice(start, end), labels: [label] },
        })),
      },
    ],
  }),
};

/** Reads a task with the spans of its first annotation that was not cancelled; reports if there are several. */
function readTask(task: JsonObject, data: JsonObject, place: string, report: Report): RawRecord | { skipped: string } {
  const lists = asList(field(task, 'annotations') ?? field(task, 'completions') ?? [], '"annotations"', place);
  const annotations = lists
    .map((each) => asObject(each, 'an annotation', place))
    .filter((each) => field(each, 'was_cancelled') !== true);
  const [first] = annotations;
  if (!first) return { skipped: 'the task has no annotation' };
  if (annotations.length > 1)
    report({ kind: 'record', place, what: `the task has ${annotations.length} annotations; the first one is used` });
  const results = asList(field(first, 'result') ?? [], '"result"', place);
  const spans = results.flatMap((each) => {
    const result = asObject(each, 'a result', place);
    return field(result, 'type') === 'labels' ? readValue(field(result, 'value'), place) : [];
  });
  const names = Object.keys(data).filter((name) => typeof data[name] === 'string');
  const name = names.includes('text') ? 'text' : names[0];
  return { text: asText(name === undefined ? undefined : data[name], '"text" of "data"', place), spans };
}

/** A span for each of its labels. */
function readValue(value: unknown, place: string): RawSpan[] {
  const span = asObject(value, 'the value of a result', place);
  const text = field(span, 'text');
  const labels = asList(field(span, 'labels'), '"labels"', place);
  if (labels.length === 0) return refuse(place, '"labels"', 'a label', undefined);
  return labels.map((label) => ({
    label: readLabel(label, place),
    start: asOffset(field(span, 'start'), '"start"', place),
    end: asOffset(field(span, 'end'), '"end"', place),
    ...(typeof text === 'string' && { text }),
  }));
}
