import * as z from 'zod';
import { expectationOf, isSetting } from './descriptions.js';
import { PRESETS, settingsSchema } from './settings.js';

/** Returns the JSON Schema of settings files (draft 2020-12), from which editors complete, explain and check them. */
export function settingsFileSchema(): object {
  const { properties = {}, ...schema } = z.toJSONSchema(settingsSchema, { io: 'input' });
  const described = Object.entries(properties).map(([name, property]) => {
    if (typeof property === 'boolean' || !isSetting(name)) return [name, property];
    const { expected: _, ...rest } = property;
    return [name, { ...rest, description: `${property.description}: ${expectationOf(name)}` }];
  });
  const preset = {
    description: 'a bundle of settings, which those in the file override',
    default: 'default',
    enum: Object.keys(PRESETS),
  };
  return {
    ...schema,
    title: 'Settings of rnn train',
    properties: { $schema: { type: 'string' }, preset, ...Object.fromEntries(described) },
  };
}
