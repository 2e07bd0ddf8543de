import { badInput } from '../../../errors.js';
import { asList, asObject, asText, field, type JsonObject } from '../../../formats/json-fields.js';
import type { SpanLabelling } from '../../../formats/label-studio-configuration.js';

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

/**
 * Returns tasks with nothing but the text, and what people labelled in it, as an export of Label Studio.
 *
 * @throws {UserError} if one is no task, or has no text
 */
export function corpusOfTasks(tasks: readonly unknown[], labelling: SpanLabelling, place: string): JsonObject[] {
  const { fromName, toName } = labelling;
  return tasks.map((value, index) => {
    const at = `${place}, task ${index + 1}`;
    const task = asObject(value, 'the task', at);
    const annotations = asList(field(task, 'annotations') ?? [], '"annotations"', at).map((each) => {
      const annotation = asObject(each, 'an annotation', at);
      const results = asList(field(annotation, 'result') ?? [], '"result"', at).map((result) =>
        asObject(result, 'a result', at),
      );
      return {
        was_cancelled: field(annotation, 'was_cancelled') === true,
        result: results
          .filter((result) => field(result, 'from_name') === fromName && field(result, 'to_name') === toName)
          .map((result) => ({ type: 'labels', to_name: 'text', value: field(result, 'value') })),
      };
    });
    return { id: index + 1, data: { text: textOfTask(task, labelling, at) }, annotations };
  });
}
