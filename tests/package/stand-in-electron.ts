/**
 * Folders that look like Electron's to the packager: what it renames, edits and flips fuses in is
 * there, and nothing that runs. What the packager adds is the same as with the real one.
 */
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type Platform = 'linux' | 'win' | 'mac';

/** Precedes the fuses in every Electron binary; then version, number of fuses, one byte each. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSE_WIRE = Buffer.concat([
  Buffer.from(FUSE_SENTINEL),
  Buffer.from([1, 9]),
  // The state Electron is released in, from runAsNode to wasmTrapHandlers.
  Buffer.from('101100011'),
]);
/** A Windows program with version information, which the packager edits. */
const WINDOWS_PROGRAM = 'node_modules/electron-winstaller/vendor/rcedit.exe';

/** Writes the stand-in for one platform into `folder`. */
export async function writeStandIn(folder: string, platform: Platform): Promise<void> {
  const { version } = JSON.parse(await readFile('node_modules/electron/package.json', 'utf8')) as {
    version: string;
  };
  await put(join(folder, 'version'), version);
  await put(join(folder, 'LICENSE'), '');
  await put(join(folder, 'LICENSES.chromium.html'), '');
  switch (platform) {
    case 'linux':
      await put(join(folder, 'electron'), FUSE_WIRE);
      await put(join(folder, 'chrome-sandbox'), '');
      return;
    case 'win': {
      const program = join(folder, 'electron.exe');
      await mkdir(folder, { recursive: true });
      await copyFile(WINDOWS_PROGRAM, program);
      await writeFile(program, FUSE_WIRE, { flag: 'a' });
      return;
    }
    case 'mac':
      await writeMacApp(join(folder, 'Electron.app', 'Contents'));
      return;
  }
}

async function writeMacApp(contents: string): Promise<void> {
  await put(join(contents, 'MacOS', 'Electron'), '');
  await put(join(contents, 'Info.plist'), propertyList('Electron'));
  const frameworks = join(contents, 'Frameworks');
  const framework = 'Electron Framework.framework/Electron Framework';
  await put(join(frameworks, framework), FUSE_WIRE);
  for (const role of ['', ' (GPU)', ' (Plugin)', ' (Renderer)']) {
    const name = `Electron Helper${role}`;
    await put(join(frameworks, `${name}.app`, 'Contents', 'MacOS', name), '');
    await put(join(frameworks, `${name}.app`, 'Contents', 'Info.plist'), propertyList(name));
  }
}

function propertyList(name: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
<key>CFBundleExecutable</key><string>${name}</string>
<key>CFBundleIdentifier</key><string>stand.in</string>
</dict></plist>
`;
}

async function put(file: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content, { mode: 0o755 });
}
