/**
 * The dependency rules of the architecture. Each is broken once in tests/unit/project/dependency-rules.test.ts, so
 * that a rule which stops matching is noticed.
 */
const packageNamed = (name) => `(^|/)node_modules/(${name})(/|$)|^(${name})(/|$)`;
const electronPackage = packageNamed('electron');
const playwrightPackage = packageNamed('playwright|playwright-core|@playwright/[^/]+');
const zodPackage = packageNamed('zod');

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two modules that need each other are one module, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'renderer-knows-only-the-contract',
      comment: 'What is on the other side of the bridge is reached through the bridge.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: {
        path: '^(main|preload|scripts)/',
        pathNot: '^preload/(contract|api|errors|transport)\\.ts$|^preload/(rules|model)(/|\\.ts$)',
      },
    },
    {
      name: 'renderer-finds-the-transport-once',
      comment: 'Where the window starts; everything else gets the typed API.',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '^renderer/app/main\\.ts$' },
      to: { path: '^preload/transport\\.ts$' },
    },
    {
      name: 'renderer-has-no-node',
      comment: 'The window is sandboxed: it has no Node, no Electron and no automation.',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-knows-no-shell',
      comment: 'Engine, store, vault and what they stand on run under every shell.',
      severity: 'error',
      from: { path: '^main/(engine|store|vault|bridge|policy|egress|link|topics)/' },
      to: {
        path: ['^main/shell/', electronPackage, playwrightPackage],
        pathNot: '^main/shell/shell\\.ts$',
      },
    },
    {
      name: 'core-knows-the-port-by-type',
      comment: 'The bridge names what a window is; nothing of the core needs more of the port.',
      severity: 'error',
      from: { path: '^main/(engine|store|vault|bridge|policy|egress|link|topics)/' },
      to: { path: '^main/shell/shell\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'port-for-the-bridge-only',
      severity: 'error',
      from: { path: '^main/(engine|store|vault|policy|egress|link|topics)/' },
      to: { path: '^main/shell/' },
    },
    {
      name: 'electron-in-its-adapter-only',
      severity: 'error',
      from: {
        path: '^(main|preload|renderer)/',
        pathNot: '^main/shell/electron/|^main/electron\\.ts$|^preload/preload\\.ts$',
      },
      to: { path: electronPackage },
    },
    {
      name: 'playwright-in-its-adapter-only',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/', pathNot: '^main/shell/chromium/' },
      to: { path: playwrightPackage },
    },
    {
      name: 'shells-apart',
      comment: 'What two shells share lies beside them, in main/shell.',
      severity: 'error',
      from: { path: '^main/shell/(electron|chromium)/' },
      to: { path: '^main/shell/(electron|chromium)/', pathNot: '^main/shell/$1/' },
    },
    {
      name: 'preload-stands-alone',
      comment: 'At run time preload is its own folder, and zod for the contract.',
      severity: 'error',
      from: { path: '^preload/' },
      to: {
        pathNot: ['^preload/', electronPackage, zodPackage],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'preload-zod-in-contract-only',
      severity: 'error',
      from: { path: '^preload/', pathNot: '^preload/contract(/|\\.ts$)' },
      to: { path: zodPackage, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'preload-knows-no-main',
      comment: 'Not even its types: main depends on the contract, never the other way round.',
      severity: 'error',
      from: { path: '^preload/' },
      to: { path: '^(main|renderer)/' },
    },
    {
      name: 'main-knows-no-renderer',
      severity: 'error',
      from: { path: '^main/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^(tests|scripts)/|^[^/]+\\.config\\.[jt]s$' },
      to: { path: '^tests/' },
    },
    {
      name: 'app-knows-no-scripts',
      severity: 'error',
      from: { path: '^(main|preload|renderer)/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^\\$lib|\\?(raw|url|inline)$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|dist|\\.cache)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'node', 'default', 'types'],
      extensions: [
        '.ts',
        '.svelte.ts',
        '.svelte',
        '.mts',
        '.d.mts',
        '.mjs',
        '.js',
        '.cjs',
        '.json',
      ],
    },
  },
};
