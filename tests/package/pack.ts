/** Packs the built app with the project's own configuration around a stand-in for Electron. */
import { execFile } from 'node:child_process';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { extractFile, listPackage } from '@electron/asar';
import { writeStandIn, type Platform } from './stand-in-electron';

const run = promisify(execFile);

export interface Target {
  readonly platform: Platform;
  readonly arch: 'x64' | 'arm64';
}

export interface Package {
  /** What @electron/fuses takes: the executable, or the .app of macOS. */
  readonly program: string;
  /** The path of app.asar. */
  readonly archive: string;
  /** Paths inside the archive, with slashes and without the leading one. */
  readonly files: readonly string[];
  /** Paths of what lies unpacked beside the archive, relative to it. */
  readonly unpacked: readonly string[];
  read(file: string): Buffer;
}

const programs: Record<Platform, string> = {
  linux: 'holdfast',
  win: 'Holdfast.exe',
  mac: 'Holdfast.app',
};

/** Runs electron-builder as a release would, up to the unpacked folder. */
export async function pack({ platform, arch }: Target): Promise<Package> {
  const folder = resolve('.cache', 'package', `${platform}-${arch}`);
  await rm(folder, { recursive: true, force: true });
  const electronDist = join(folder, 'electron');
  const output = join(folder, 'output');
  await writeStandIn(electronDist, platform);
  await run(process.execPath, [
    'node_modules/electron-builder/cli.js',
    `--${platform}`,
    `--${arch}`,
    '--dir',
    '--publish=never',
    `-c.electronDist=${electronDist}`,
    `-c.directories.output=${output}`,
    '-c.mac.identity=null',
  ]);

  const [unpackedApp] = (await readdir(output, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(output, entry.name));
  if (unpackedApp === undefined) throw new Error(`nothing was packed into ${output}`);
  const program = join(unpackedApp, programs[platform]);
  const resources =
    platform === 'mac' ? join(program, 'Contents', 'Resources') : join(unpackedApp, 'resources');
  const archive = join(resources, 'app.asar');
  const unpacked = await readdir(`${archive}.unpacked`, { recursive: true, withFileTypes: true });
  return {
    program,
    archive,
    files: listPackage(archive, { isPack: false }).map((file) =>
      file.replaceAll('\\', '/').replace(/^\//, ''),
    ),
    unpacked: unpacked
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(archive.length + 10)),
    read: (file) => extractFile(archive, file),
  };
}
