import { defaultOf, describeSetting, expectationOf, type SettingName } from './descriptions.js';
import { PRESETS, SETTING_GROUPS } from './settings.js';
import type { SettingsFile } from './settings-file.js';

const HEAD = `# Settings for training: rnn train corpus.conll --config FILE
#
# Each setting is here with its default and what it does. To change one, take the # from its line.
# A flag of the command (--hidden 64) goes before this file, this file before the preset, the preset before the default.
`;

/**
 * A file of settings in YAML in which every setting is a comment, but for those that are given.
 *
 * @param given what the file is to set
 */
export function settingsTemplate(given: SettingsFile): string {
  const lines = [
    HEAD,
    '# bundle of settings; what stands below goes before it',
    `# ${Object.keys(PRESETS).join(' or ')}`,
  ];
  lines.push(`${given.preset ? '' : '# '}preset: ${given.preset ?? 'default'}\n`);
  for (const [title, settings] of Object.entries(SETTING_GROUPS)) {
    lines.push(`# ---- ${title} ----\n`);
    for (const name of Object.keys(settings) as SettingName[]) lines.push(describe(name, given.settings[name]), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function describe(name: SettingName, given: unknown): string {
  const { description } = describeSetting(name);
  const line = given === undefined ? `# ${name}:${spell(defaultOf(name))}` : `${name}:${spell(given)}`;
  return `# ${description}\n# ${expectationOf(name)}\n${line}`;
}

/** A value after its key; JSON is YAML, and plain words need no quotes where they are nothing else. */
function spell(value: unknown): string {
  if (value === undefined) return '';
  const isPlain = typeof value === 'string' && /^[a-z][a-z,]*$/.test(value) && !/^(?:true|false|null)$/.test(value);
  return ` ${isPlain ? value : JSON.stringify(value)}`;
}
