import { defaultOf, describeSetting, expectationOf, type SettingName } from './descriptions.js';
import { PRESETS, SETTING_GROUPS } from './settings.js';
import type { SettingsFile } from './settings-file.js';

const HEAD = `# Settings for training: rnn train corpus.conll --config FILE
#
# Every setting is listed with its description and default. To change one, remove the # in front of its name.
# A flag (--hidden 64) overrides this file, this file overrides the preset, and the preset overrides the default.
`;

/**
 * Returns a settings file in YAML that lists every setting, commented out unless it is given.
 *
 * @param given the settings and the preset that the file sets
 */
export function settingsTemplate(given: SettingsFile): string {
  const lines = [HEAD, '# a bundle of settings, which those below override', `# ${Object.keys(PRESETS).join(' or ')}`];
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

/** Writes a value in YAML. JSON is YAML too; plain words need no quotes unless they mean something else. */
function spell(value: unknown): string {
  if (value === undefined) return '';
  const isPlain = typeof value === 'string' && /^[a-z][a-z,]*$/.test(value) && !/^(?:true|false|null)$/.test(value);
  return ` ${isPlain ? value : JSON.stringify(value)}`;
}
