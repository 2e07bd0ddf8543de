import { badInput } from '../../../errors.js';
import { asList, asName, asObject, asText, field, isObject, type JsonObject } from '../../../formats/json-fields.js';
import { matchOffered, type OfferedLabel, type SpanLabelling } from '../../../formats/label-studio-configuration.js';
import { counted } from '../../../text/counts.js';

/** The field of texts that were imported without a name. */
const UNNAMED = '$undefined$';

/**
 * Returns the text of a task.
 *
 * @throws {UserError} if it has none
 */
export function textOfTask(task: JsonObject, { field: name }: Pick<SpanLabelling, 'field'>, place: string): string {
  const data = asObject(field(task, 'data'), '"data"', place);
  const text = field(data, name) ?? field(data, UNNAMED);
  if (text === undefined) throw badInput(`${place}: "data" has no ${JSON.stringify(name)}, which is to be labelled`);
  // Label Studio reads a column of numbers as numbers, and shows them as texts.
  return typeof text === 'number' ? String(text) : asText(text, `${JSON.stringify(name)} of "data"`, place);
}

/** A task as it stands in an export of Label Studio, with nothing but the text, and what people labelled in it. */
export interface CorpusTask {
  /** The id in Label Studio; the place among the tasks if it has none. */
  readonly id: number | string;
  readonly data: { readonly text: string };
  readonly annotations: readonly { readonly was_cancelled: boolean; readonly result: readonly SpanResult[] }[];
}

/** A labelled span; nobody has checked its value. */
interface SpanResult {
  readonly type: 'labels';
  readonly to_name: 'text';
  readonly value: unknown;
}

/** Tasks of a project as a corpus. */
export interface TaskCorpus {
  readonly tasks: readonly CorpusTask[];
  /** The labels that the project offers. */
  readonly offered: readonly OfferedLabel[];
  /** What a person should know about tasks that are left out. */
  readonly notices: readonly string[];
}

/**
 * Returns the corpus of tasks. A task is left out if it has spans of `<Labels>` that the configuration does not have, which were
 * renamed for example: without these spans, the text would be one without names.
 *
 * @throws {UserError} if one is no task, or has no text
 */
export function corpusOfTasks(values: readonly unknown[], labelling: SpanLabelling, place: string): TaskCorpus {
  const tasks: CorpusTask[] = [];
  const unknown: string[] = [];
  for (const [index, value] of values.entries()) {
    const task = asObject(value, 'the task', `${place}, task ${index + 1}`);
    const id = asName(field(task, 'id')) ?? index + 1;
    const at = `${place}, task ${id}`;
    const annotations = readAnnotations(task, at);
    const used = annotations.find(({ isCancelled }) => !isCancelled);
    const lost = used?.results.find((result) => isOfUnknownLabels(result, labelling));
    if (lost) unknown.push(tagOf(lost));
    else
      tasks.push({
        id,
        data: { text: textOfTask(task, labelling, at) },
        annotations: annotations.map((each) => ({ was_cancelled: each.isCancelled, result: spansOf(each, labelling) })),
      });
  }
  return { tasks, offered: labelling.controls.flatMap(({ labels }) => labels), notices: noticesOf(unknown) };
}

/**
 * Returns tasks with the labels of a model in the place of those that the project has for them.
 *
 * @param labels the labels of the model
 */
export function withModelLabels({ tasks, offered }: TaskCorpus, labels: readonly string[]): CorpusTask[] {
  const names = matchOffered(offered, labels);
  const rename = (label: unknown): unknown => (typeof label === 'string' ? (names.get(label) ?? label) : label);
  const renameAll = (value: unknown): unknown => {
    const chosen = isObject(value) ? field(value, 'labels') : undefined;
    return isObject(value) && Array.isArray(chosen) ? { ...value, labels: chosen.map(rename) } : value;
  };
  return tasks.map((task) => ({
    ...task,
    annotations: task.annotations.map((annotation) => ({
      ...annotation,
      result: annotation.result.map((result) => ({ ...result, value: renameAll(result.value) })),
    })),
  }));
}

interface Annotation {
  readonly isCancelled: boolean;
  readonly results: readonly JsonObject[];
}

function readAnnotations(task: JsonObject, place: string): Annotation[] {
  return asList(field(task, 'annotations') ?? [], '"annotations"', place).map((each) => {
    const annotation = asObject(each, 'an annotation', place);
    const results = asList(field(annotation, 'result') ?? [], '"result"', place);
    return {
      isCancelled: field(annotation, 'was_cancelled') === true,
      results: results.map((result) => asObject(result, 'a result', place)),
    };
  });
}

function spansOf({ results }: Annotation, labelling: SpanLabelling): SpanResult[] {
  const own = results.filter((result) => isOfText(result, labelling));
  return own.map((result) => ({ type: 'labels', to_name: 'text', value: field(result, 'value') }));
}

function isOfText(result: JsonObject, { controls, toName }: SpanLabelling): boolean {
  const name = field(result, 'from_name');
  return field(result, 'to_name') === toName && controls.some(({ fromName }) => fromName === name);
}

function isOfUnknownLabels(result: JsonObject, labelling: SpanLabelling): boolean {
  if (field(result, 'type') !== 'labels' || isOfText(result, labelling)) return false;
  return !labelling.namesElsewhere.has(String(field(result, 'from_name')));
}

/** Returns the `<Labels>` that a result was made with, as a configuration would have it. */
function tagOf(result: JsonObject): string {
  const [fromName, toName] = ['from_name', 'to_name'].map((name) => JSON.stringify(field(result, name)));
  return `<Labels name=${fromName} toName=${toName}>`;
}

/** @param unknown for each task that was left out, the `<Labels>` that the project does not have */
function noticesOf(unknown: readonly string[]): string[] {
  if (unknown.length === 0) return [];
  const tags = [...new Set(unknown)].join(', ');
  return [`${counted(unknown.length, 'task')} left out, with spans of ${tags}, which the project does not have`];
}
