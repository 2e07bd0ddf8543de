import { describe, expect, test } from 'vitest';
import { withModelLabels } from '../../../../src/commands/serve/label-studio/tasks.js';
import { readTrainingRequest } from '../../../../src/commands/serve/label-studio/training-request.js';
import { formatNamed } from '../../../../src/formats/formats.js';
import { readAs } from '../../../helpers/corpus-readers.js';
import { userErrorOf } from '../../../helpers/user-error.js';

const CONFIGURATION =
  '<View><Labels name="ner" toName="t"><Label value="PER"/></Labels><Text name="t" value="$body"/><Choices name="tone" toName="t"/><Labels name="where" toName="t"><Label value="LOC"/></Labels><Labels name="turn" toName="sound"/><Audio name="sound" value="$s"/></View>';

const read = (kind: 'train' | 'webhook', request: unknown, canAsk = true) =>
  readTrainingRequest(
    kind,
    [new TextEncoder().encode(typeof request === 'string' ? request : JSON.stringify(request))],
    canAsk,
  );

const span = (start: number, end: number, names: object = {}) => ({
  ...{ from_name: 'ner', to_name: 't', type: 'labels', ...names },
  value: { start, end, labels: ['PER'] },
});

describe('tasks of a request to train', () => {
  test('become an export whose spans count code points, without predictions, other labels and other fields', () => {
    const request = read('train', {
      label_config: CONFIGURATION,
      annotations: [
        {
          id: 7,
          data: { body: '😀 Ada left', text: 'no, this one' },
          annotations: [
            { was_cancelled: true, result: [] },
            {
              result: [
                span(2, 5),
                span(6, 10, { from_name: 'turn', to_name: 'sound' }),
                { from_name: 'tone', to_name: 't', type: 'choices', value: { choices: ['good'] } },
              ],
            },
          ],
          predictions: [{ result: [span(0, 1)] }],
        },
      ],
    });
    if (!('tasks' in request)) throw new Error('no tasks');
    const { items } = readAs(formatNamed('label-studio'), JSON.stringify(request.tasks));
    expect(items).toEqual([
      expect.objectContaining({ text: '😀 Ada left', spans: [{ label: 'PER', start: 3, end: 6 }] }),
    ]);
  });

  const trainOn = (...results: object[][]) => {
    const annotations = results.map((result) => ({ data: { body: 'Ada left Rome' }, annotations: [{ result }] }));
    const request = read('train', { label_config: CONFIGURATION, annotations });
    if (!('tasks' in request)) throw new Error('no tasks');
    return request;
  };

  test('have the spans of all <Labels> of the text', () => {
    const { tasks, notices } = trainOn([span(0, 3), span(9, 13, { from_name: 'where' })]);
    const { items } = readAs(formatNamed('label-studio'), JSON.stringify(tasks));
    expect(items).toEqual([
      expect.objectContaining({
        spans: [
          { label: 'PER', start: 0, end: 3 },
          { label: 'PER', start: 9, end: 13 },
        ],
      }),
    ]);
    expect(notices).toEqual([]);
  });

  test('with spans of <Labels> or a <Text> that were renamed are left out and counted', () => {
    const { tasks, notices } = trainOn(
      [span(0, 3, { from_name: 'old' })],
      [span(0, 3)],
      [span(0, 3), span(9, 13, { to_name: 'old text' })],
      [],
    );
    expect(tasks).toHaveLength(2);
    expect(notices).toEqual([
      '2 tasks left out, with spans of <Labels name="old" toName="t">, <Labels name="ner" toName="old text">, which the project does not have',
    ]);
  });

  test('can have the labels of a model in the place of those of the project', () => {
    const config = CONFIGURATION.replace('value="LOC"', 'value="Ort" predicted_values="LOC"');
    const labels = (label: string) => ({ value: { start: 9, end: 13, labels: [label] } });
    const result = [
      span(0, 3),
      ...['Ort', 'new'].map((label) => ({ ...span(9, 13, { from_name: 'where' }), ...labels(label) })),
    ];
    const annotations = [{ data: { body: 'Ada left Rome' }, annotations: [{ result }] }];
    const request = read('train', { label_config: config, annotations });
    if (!('tasks' in request)) throw new Error('no tasks');
    const { items } = readAs(formatNamed('label-studio'), JSON.stringify(withModelLabels(request, ['LOC', 'per'])));
    const spans = ['per', 'LOC', 'new'].map((label) => expect.objectContaining({ label }));
    expect(items).toEqual([expect.objectContaining({ spans })]);
  });

  test.each([
    ['no JSON', 'expected JSON'],
    [[], 'expected an object as the request'],
    [{ label_config: CONFIGURATION }, 'no task has an annotation'],
    [{ label_config: CONFIGURATION, annotations: [] }, 'no task has an annotation'],
    [{ label_config: CONFIGURATION, annotations: {} }, 'expected a list as "annotations"'],
    [{ annotations: [{}] }, 'expected the labelling configuration as "label_config"'],
    [{ label_config: CONFIGURATION, annotations: [{ data: {} }] }, 'task 1: "data" has no "body"'],
    [{ label_config: CONFIGURATION, annotations: [{ data: { body: 'a' }, annotations: [1] }] }, 'task 1: expected an'],
  ])('are refused: %#', (request, message) => {
    const error = userErrorOf(() => read('train', request));
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(3);
  });
});

describe('an event of a webhook', () => {
  test.each(['START_TRAINING', 'ANNOTATION_CREATED', 'ANNOTATION_UPDATED', 'ANNOTATIONS_DELETED'])(
    '%s names the project to train on',
    (action) => {
      expect(read('webhook', { action, project: { id: 12, title: 'News' } })).toEqual({ project: 12 });
    },
  );

  test.each(['PROJECT_UPDATED', 'TASKS_CREATED', 'toString', ''])('%j changes no annotation', (action) => {
    expect(read('webhook', { action, project: { id: 12 } })).toEqual({ ignored: action });
  });

  test('is ignored where Label Studio cannot be asked for annotations, unless a person waits for a training', () => {
    expect(read('webhook', { action: 'ANNOTATION_CREATED', project: { id: 12 } }, false)).toEqual({
      ignored: 'ANNOTATION_CREATED',
    });
    const error = userErrorOf(() => read('webhook', { action: 'START_TRAINING', project: { id: 12 } }, false));
    expect(error.message).toContain('brings no annotations');
  });

  const ids = ['1', '../../users', -1, 1.5, null];

  test.each<readonly [request: object, message: string]>([
    [{ project: { id: 1 } }, 'expected the event as "action"'],
    ...[{ action: 'START_TRAINING' }, ...ids.map((id) => ({ action: 'START_TRAINING', project: { id } }))].map(
      (request) => [request, 'expected the number of the project'] as const,
    ),
  ])('is refused: %j', (request, message) => {
    expect(userErrorOf(() => read('webhook', request)).message).toContain(message);
  });
});
