import { badInput } from '../../../errors.js';
import { asList, asObject, field, type JsonObject } from '../../../formats/json-fields.js';
import { parseJson } from '../../../formats/json-values.js';
import { resultsOf, scoreOf } from '../../../formats/label-studio.js';
import { matchLabels, readLabellingConfiguration } from '../../../formats/label-studio-configuration.js';
import { isTooLong } from '../../../formats/lines.js';
import { codePointsOf } from '../../../formats/text-spans.js';
import { type Language, labelsOf } from '../../../model/language.js';
import { hasSpans } from '../../../text/scheme.js';
import type { TextSpan } from '../../../text/sentence.js';
import type { Asked } from '../asked.js';
import { PLACE } from '../request-text.js';
import { textOfTask } from './tasks.js';

/**
 * Reads the request that Label Studio sends when it connects, and later to hear whether there is a new model.
 *
 * @param version what the model is called in Label Studio
 * @throws {UserError} if spans of a text are not labelled, or the model finds none
 */
export function readSetupRequest(text: string, language: Language, version: string): Asked {
  const request = asObject(parseJson(text, PLACE), 'the request', PLACE);
  const { controls } = matchedControls(request, 'schema', language);
  // The first <Labels> that has a label names it.
  const labels = new Map([...controls].reverse().flatMap((control) => [...control.labels]));
  const unused = labelsOf(language).filter((label) => !labels.has(label));
  const answer = { model_version: version, labels: Object.fromEntries(labels), unused_labels: unused };
  return { records: [], write: () => [Buffer.from(JSON.stringify(answer))] };
}

/**
 * Reads a request for predictions. Spans whose labels the project does not offer are left out, which the answer to
 * `readSetupRequest` tells.
 *
 * @throws {UserError} if spans of a text are not labelled, the model finds none, or a task has no text
 */
export function readPredictRequest(text: string, language: Language, version: string): Asked {
  const request = asObject(parseJson(text, PLACE), 'the request', PLACE);
  const { labelling, controls } = matchedControls(request, 'label_config', language);
  const tasks = asList(field(request, 'tasks'), '"tasks"', PLACE);
  const texts = tasks.map((task, index) => {
    const place = `${PLACE}, task ${index + 1}`;
    const found = textOfTask(asObject(task, 'the task', place), labelling, place);
    if (isTooLong(found)) throw badInput(`${place}: a text is at most 1 MB long`, 'import it in parts');
    return found;
  });
  const predict = (line: Uint8Array): JsonObject => {
    const tagged: { text: string; spans: TextSpan[] } = JSON.parse(Buffer.from(line).toString());
    const toUnit = codePointsOf(tagged.text);
    const found = controls.map(({ fromName, labels }) => {
      const spans = tagged.spans.flatMap((span) => {
        const label = labels.get(span.label);
        return label === undefined ? [] : [{ ...span, label }];
      });
      return { spans, results: resultsOf(tagged.text, spans, toUnit, { fromName, toName: labelling.toName }) };
    });
    const result = found.flatMap(({ results }) => results).map((each, index) => ({ ...each, id: `span-${index + 1}` }));
    return { model_version: version, ...scoreOf(found.flatMap(({ spans }) => spans)), result };
  };
  return {
    records: texts.map((content) => ({ record: { kind: 'fields', content, fields: '' }, how: { to: 'jsonl' } })),
    write: (lines) => [Buffer.from(JSON.stringify({ model_version: version, results: lines.map(predict) }))],
  };
}

/** Reads the labelling configuration of a request, and what each `<Labels>` of the text calls the labels of the model. */
function matchedControls(request: JsonObject, name: string, language: Language) {
  if (!hasSpans(language.scheme))
    throw badInput('the tags of this model mark no names, which it could suggest', 'serve a model of named entities');
  const configuration = field(request, name);
  if (typeof configuration !== 'string')
    throw badInput(`${PLACE}: expected the labelling configuration as "${name}"`, 'Label Studio sends it');
  const labelling = readLabellingConfiguration(configuration, `"${name}"`);
  const controls = labelling.controls.map(({ fromName, labels }) => ({
    fromName,
    labels: matchLabels(labels, labelsOf(language)),
  }));
  return { labelling, controls };
}
