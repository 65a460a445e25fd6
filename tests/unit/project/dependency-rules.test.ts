import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

/** Each rule with the imports that break it, as `file -> module`, type imports as `=>`. */
const broken: Record<string, readonly string[]> = {
  'no-cycles': ['main/ring/one.ts -> ./two', 'main/ring/two.ts -> ./one'],
  'renderer-knows-only-the-contract': [
    'renderer/app/reach.ts -> ../../main/vault/vault',
    'renderer/ui/Reach.svelte -> ../../preload/channels',
  ],
  'renderer-finds-the-transport-once': ['renderer/app/second.ts -> ../../preload/transport'],
  'renderer-has-no-node': ['renderer/app/files.ts -> node:fs'],
  'core-knows-no-shell': [
    'main/engine/a.ts => electron',
    'main/store/a.ts -> playwright',
    'main/vault/a.ts -> ../shell/paper',
    'main/bridge/a.ts -> ../shell/electron/window',
    'main/policy/a.ts -> electron',
    'main/egress/a.ts -> electron',
    'main/link/a.ts -> electron',
  ],
  'core-knows-the-port-by-type': ['main/bridge/b.ts -> ../shell/shell'],
  'port-for-the-bridge-only': ['main/engine/b.ts -> ../shell/shell'],
  'electron-in-its-adapter-only': ['main/index.ts -> electron', 'preload/api.ts -> electron'],
  'playwright-in-its-adapter-only': ['main/shell/other.ts -> playwright'],
  'shells-apart': ['main/shell/chromium/window.ts -> ../electron/window'],
  'preload-stands-alone': ['preload/rules/sneak.ts -> node:fs'],
  'preload-zod-in-contract-only': ['preload/model/shape.ts -> zod'],
  'preload-knows-no-main': ['preload/errors.ts => ../main/vault/vault'],
  'main-knows-no-renderer': ['main/backwards.ts -> ../renderer/app/deps'],
  'nothing-imports-tests': ['main/tested.ts -> ../tests/support/thing'],
  'app-knows-no-scripts': ['main/scripted.ts -> ../scripts/tool'],
  'everything-resolves': ['main/lost.ts -> ./nowhere'],
};

/** What the rules must let through. */
const allowed: readonly string[] = [
  'renderer/app/main.ts -> ../../preload/transport',
  'renderer/app/deps.ts -> ../../preload/api',
  'renderer/app/deps.ts -> ../../preload/contract',
  'renderer/app/deps.ts -> ../../preload/rules/recovery-key',
  'renderer/app/deps.ts -> ../../preload/model/ids',
  'renderer/ui/Fine.svelte -> ../../preload/errors',
  'preload/contract.ts -> zod',
  'preload/contract/arguments.ts -> zod',
  'preload/preload.ts -> electron',
  'main/electron.ts -> electron',
  'main/shell/electron/window.ts -> electron',
  'main/shell/chromium/window.ts -> playwright',
  'main/shell/chromium/window.ts -> ../shell',
  'main/bridge/dispatcher.ts => ../shell/shell',
  'preload/model/app.ts => ../errors',
  'tests/unit/a.test.ts -> ../support/thing',
];

let tree = '';
beforeEach(async () => {
  // Inside the project, so that electron, playwright and zod are the real packages.
  await mkdir('.cache', { recursive: true });
  tree = await mkdtemp(join(process.cwd(), '.cache', 'dependency-rules-'));
});
afterEach(() => rm(tree, { recursive: true, force: true }));

describe('the dependency rules', () => {
  it('let through what the architecture allows', async () => {
    await plant(allowed);
    expect(await violations()).toEqual([]);
  });

  it.each(Object.entries(broken))('%s stops what it is there for', async (rule, imports) => {
    await plant(imports);
    const found = await violations();
    // A cycle is reported once, whatever its length.
    const reported = rule === 'no-cycles' ? imports.slice(0, 1) : imports;
    for (const { from } of reported.map(split)) {
      expect(found).toContainEqual({ rule, from });
    }
  });

  it('are all proven here', async () => {
    const { ruleSet } = await extractOptions(resolve('.dependency-cruiser.cjs'));
    const names = (ruleSet?.forbidden ?? []).map((rule) => rule.name);
    expect(names.toSorted()).toEqual(Object.keys(broken).toSorted());
  });
});

function split(line: string): { from: string; statement: string; module: string } {
  const [from = '', arrow, module = ''] = line.split(' ');
  const statement =
    arrow === '=>' ? `import type { Thing } from '${module}';\n` : `import '${module}';\n`;
  return { from, statement, module };
}

/** Writes files with the given imports, and an empty file for each local module named. */
async function plant(imports: readonly string[]): Promise<void> {
  const files = new Map<string, string>();
  for (const { from, statement } of imports.map(split)) {
    files.set(from, (files.get(from) ?? '') + statement);
  }
  for (const { from, module } of imports.map(split)) {
    if (!module.startsWith('.') || module === './nowhere') continue;
    const target = `${join(dirname(from), module)}.ts`;
    if (!files.has(target)) files.set(target, 'export interface Thing {}\n');
  }
  for (const [path, source] of files) {
    await mkdir(dirname(join(tree, path)), { recursive: true });
    const text = path.endsWith('.svelte') ? `<script lang="ts">\n${source}</script>\n` : source;
    await writeFile(join(tree, path), text);
  }
}

async function violations(): Promise<{ rule: string; from: string }[]> {
  const options = await extractOptions(resolve('.dependency-cruiser.cjs'));
  const { output } = await cruise(
    ['.'],
    { ...options, baseDir: tree, validate: true },
    options.enhancedResolveOptions,
  );
  const result = output as ICruiseResult;
  return result.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
}
