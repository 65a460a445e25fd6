import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readNativeBinary } from './native-binary';
import { pack, type Package, type Target } from './pack';

const targets: readonly Target[] = [
  { platform: 'linux', arch: 'x64' },
  { platform: 'linux', arch: 'arm64' },
  { platform: 'win', arch: 'x64' },
  { platform: 'mac', arch: 'arm64' },
];
const formats = { linux: 'ELF', win: 'PE', mac: 'Mach-O' } as const;
const prebuildNames = { linux: 'linux', win: 'win32', mac: 'darwin' } as const;
const runtimePackages = ['better-sqlite3-multiple-ciphers', 'keytar'];
const MEBIBYTE = 1024 * 1024;

const sizes: Record<string, number> = {};

afterAll(async () => {
  sizes['renderer scripts, gzip'] = await gzippedScripts('out/renderer');
  await mkdir('.cache/reports', { recursive: true });
  await writeFile('.cache/reports/sizes.json', JSON.stringify(sizes));
});

describe.each(targets)('the package for $platform $arch', (target) => {
  let packed: Package;
  beforeAll(async () => {
    packed = await pack(target);
  }, 180_000);

  it('holds the built app and two native addons, nothing else', () => {
    const top = new Set(packed.files.map((file) => file.split('/', 1)[0]));
    expect([...top].toSorted()).toEqual(['node_modules', 'out', 'package.json']);
    const packages = packed.files
      .filter((file) => file.startsWith('node_modules/'))
      .map((file) => file.split('/')[1]);
    expect([...new Set(packages)].toSorted()).toEqual(runtimePackages);
    for (const file of [
      'out/main/electron.js',
      'out/main/engine.js',
      'out/main/decryption.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
    ]) {
      expect(packed.files).toContain(file);
    }
  });

  it('holds no sources, tests, maps or build files', () => {
    const foreign = packed.files.filter((file) =>
      /\.(ts|mts|svelte|map|c|cc|cpp|h|gyp|md)$|(^|\/)(tests?|spec|src|deps|build)\//.test(file),
    );
    expect(foreign).toEqual(['node_modules/keytar/LICENSE.md']);
  });

  it('needs nothing that is not in it', () => {
    const present = new Set(packed.files);
    const known = new Set([...builtinModules, ...runtimePackages, 'electron']);
    const missing = packed.files
      .filter((file) => /^out\/(main|preload)\/.*\.c?js$/.test(file))
      .flatMap((file) =>
        importsOf(packed.read(file).toString('utf8'))
          .filter((name) => !name.startsWith(computed) && !optional.has(name))
          .filter((name) =>
            name.startsWith('.')
              ? !present.has(posix.join(posix.dirname(file), name))
              : !known.has(name.replace(/^node:/, '')),
          )
          .map((name) => `${file} -> ${name}`),
      );
    expect(missing).toEqual([]);
  });

  it('leaves the development shell and its tools out', () => {
    expect(packed.files.filter((file) => /chromium/i.test(file))).toEqual([]);
    const scripts = packed.files.filter((file) => /^out\/.*\.c?js$/.test(file));
    const withPlaywright = scripts.filter((file) =>
      importsOf(packed.read(file).toString('utf8')).some((name) => name.includes('playwright')),
    );
    expect(withPlaywright).toEqual([]);
  });

  it('says only what the app needs in its package.json', () => {
    const manifest = JSON.parse(packed.read('package.json').toString('utf8')) as object;
    expect(manifest).toMatchObject({ main: 'out/main/electron.js', type: 'module' });
    expect(Object.keys(manifest)).not.toContain('devDependencies');
    expect(Object.keys(manifest)).not.toContain('scripts');
  });

  it('brings the native binaries of its own platform, and no others', async () => {
    const name = `${prebuildNames[target.platform]}-${target.arch}`;
    expect(packed.unpacked.toSorted()).toEqual([
      `node_modules/better-sqlite3-multiple-ciphers/prebuilds/${name}.node`,
      `node_modules/keytar/prebuilds/${name}/keytar.node`,
    ]);
    expect(packed.files.filter((file) => file.endsWith('.node')).toSorted()).toEqual(
      packed.unpacked.toSorted(),
    );
    for (const file of packed.unpacked) {
      const bytes = await readFile(`${packed.archive}.unpacked/${file}`);
      expect(readNativeBinary(bytes)).toEqual({
        format: formats[target.platform],
        arch: target.arch,
      });
    }
  });

  it('closes every door the fuses can close', async () => {
    const wire = await getCurrentFuseWire(packed.program);
    const { DISABLE: off, ENABLE: on } = FuseState;
    expect(wire).toMatchObject({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
    });
  });

  it('stays small', async () => {
    const { size } = await stat(packed.archive);
    let unpacked = 0;
    for (const file of packed.unpacked) {
      unpacked += (await stat(`${packed.archive}.unpacked/${file}`)).size;
    }
    const name = `${target.platform} ${target.arch}`;
    sizes[`app.asar, ${name}`] = size;
    sizes[`native addons, ${name}`] = unpacked;
    expect(size).toBeLessThan(25 * MEBIBYTE);
    expect(unpacked).toBeLessThan(6 * MEBIBYTE);
  });
});

describe('the installers’ configuration', () => {
  it('never starts the app without its sandbox', async () => {
    const config = await readFile('electron-builder.yml', 'utf8');
    expect(config).toMatch(/^appImage:\n(?: {2}.*\n)*? {2}executableArgs: \[\]\n/m);
    expect(config).not.toMatch(/executableArgs: \[.*sandbox/);
  });

  it('keeps the profile when the program is removed', async () => {
    const config = await readFile('electron-builder.yml', 'utf8');
    expect(config).toContain('deleteAppDataOnUninstall: false');
  });
});

/** The modules a built file imports; builds write each import at the start of a line. */
/** What a script puts together as it runs is no name. */
const computed = '${';

/** Libraries do without these: the PDF reader draws nothing. */
const optional = new Set(['@napi-rs/canvas']);

function importsOf(built: string): string[] {
  const source = built.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const statements = /^(?:import|export)\b[^'"\n;]*?["']([^'"\n]+)["']/gm;
  const calls = /\b(?:require|import)\(["']([^'"\n]+)["']\)/g;
  return [...source.matchAll(statements), ...source.matchAll(calls)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
}

/** What the window has to read before it runs, as a browser would be sent it. */
async function gzippedScripts(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true });
  const sources = await Promise.all(
    files.filter((file) => file.endsWith('.js')).map((file) => readFile(join(folder, file))),
  );
  return sources.reduce((sum, source) => sum + gzipSync(source).length, 0);
}
