// Part of a build: data/guides/llms.txt, which tells language models what the package does, made from the help of its commands and from the
// guides beside it (the form is that of https://llmstxt.org).
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createProgram } from '../dist/cli/main.js';
import { guideTopics, readGuide } from '../dist/node/package-files.js';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Returns the help of a command as it is shown where the width of the terminal is not known. */
function helpOf(command) {
  let help = '';
  command.configureOutput({ writeOut: (text) => (help += text), getOutHelpWidth: () => 120 });
  command.outputHelp();
  return help.trim();
}

/** Returns what a guide is about: its headings but for the first, which is its name. */
function aboutOf(guide) {
  const headings = [...guide.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
  return headings.length > 0 ? `: ${headings.join(', ')}` : '';
}

const program = await createProgram();
const { description } = JSON.parse(readFileSync('package.json', 'utf8'));
const guides = guideTopics().map((topic) => `- [${topic}](${topic}.md)${aboutOf(readGuide(topic))}`);
const commands = program.commands
  .filter((command) => command.name() !== 'help')
  .map((command) => `### rnn ${command.name()}\n\n\`\`\`\n${helpOf(command)}\n\`\`\``);

writeFileSync(
  'data/guides/llms.txt',
  `# rnn

> ${description}.

Results go to stdout, everything else to stderr. \`--json\` prints one JSON object. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input, 4 a gate such as \`--min-f1\` was missed.

## Guides

${guides.join('\n')}

## Commands

${commands.join('\n\n')}
`,
);
