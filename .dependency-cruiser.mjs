/**
 * Which rooms of src/ each room may import from. All of them may import src/errors.ts. Rooms stand from the bottom to the top, so that
 * imports point one way.
 */
const ROOMS = {
  settings: [],
  text: ['numerics/at\\.ts'],
  numerics: [],
  words: ['text', 'numerics'],
  formats: ['text'],
  layers: ['numerics'],
  model: ['settings', 'text', 'numerics', 'layers'],
  explanation: ['text', 'numerics', 'layers', 'model'],
  training: ['settings', 'text', 'numerics', 'model'],
  evaluation: ['text', 'numerics', 'model'],
  checks: ['text', 'formats'],
  reports: ['settings', 'text', 'formats', 'numerics', 'model', 'training', 'evaluation', 'explanation', 'checks'],
  export: ['text', 'numerics', 'layers', 'model', 'evaluation', 'reports'],
  node: ['text', 'formats', 'numerics', 'model', 'training'],
  documents: ['text', 'formats', 'node'],
  corpora: ['text', 'formats', 'checks', 'model', 'node'],
  annotation: ['text', 'formats', 'numerics', 'evaluation'],
  tagging: ['text', 'numerics', 'model', 'reports', 'node'],
  server: ['text', 'formats', 'node', 'annotation'],
  mcp: ['index\\.ts', 'commands', 'reports', 'evaluation', 'settings', 'node'],
  page: ['tagger\\.ts', 'reports/label-colours\\.ts', 'annotation/protocol\\.ts', 'text/counts\\.ts'],
};

/** Packages that only one room may know. */
const PACKAGES = {
  commander: 'cli',
  chalk: 'cli',
  'cli-progress': 'cli',
  parse5: 'formats',
  saxes: 'formats',
  unpdf: 'documents',
  mammoth: 'documents',
  '@msgpack': 'formats',
  yaml: 'settings',
  hono: 'server',
  '@hono': 'server',
  'prom-client': 'server',
  '@modelcontextprotocol': 'mcp',
  '@bufbuild': 'export',
};

const forbid = (name, from, to) => ({ name, severity: 'error', from, to });
const inside = (...paths) => `^src/(${paths.join('|')})`;

export default {
  forbidden: [
    forbid('no-circle', {}, { circular: true }),
    ...Object.entries(ROOMS).map(([room, allowed]) =>
      forbid(
        `${room}-imports-${allowed.join('-') || 'errors-alone'}`,
        { path: inside(`${room}/`) },
        { path: '^src/', pathNot: inside('errors\\.ts', `${room}/`, ...allowed) },
      ),
    ),
    forbid('errors-imports-nothing', { path: inside('errors\\.ts') }, { path: '^src/' }),
    forbid(
      'commands-do-not-print',
      { path: inside('commands/') },
      { path: inside('cli/', 'mcp/', 'index\\.ts', 'tagger\\.ts') },
    ),
    ...Object.entries(PACKAGES).map(([name, room]) =>
      forbid(
        `${name}-only-in-${room}`,
        { path: '^src/', pathNot: inside(`${room}/`) },
        { path: `^node_modules/${name}/` },
      ),
    ),
    forbid('node-only-in-node', { path: '^src/', pathNot: inside('node/', 'cli/') }, { dependencyTypes: ['core'] }),
    forbid('browser-without-node', { path: inside('tagger[-.]', 'page/') }, { path: inside('node/'), reachable: true }),
    forbid(
      'reference-kernels-are-plain',
      { path: inside('numerics/reference') },
      { path: '^src/', pathNot: inside('numerics/(reference|elementary|kernels|random|at|bytes|quantised-matrix)') },
    ),
  ],
  // The compiler's own parser is of no use here: TypeScript 7 has no interface for tools.
  options: { parser: 'swc', tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' } },
};
