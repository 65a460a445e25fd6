import type { CallResult, Handlers } from '../preload/contract';
import type { Language } from '../preload/model/app';
import type { EventLoopDelayRecord } from './diagnostics/event-loop-delay';
import type { EngineHost } from './engine/host';
import { exportKeyFile } from './key-files/export-key-file';
import { KeyFileImport } from './key-files/key-file-import';
import { requireExternalLink } from './links/external-link';
import { languageFor } from './preferences/language';
import type { PreferenceFile } from './preferences/preferences';
import type { Profile } from './profile';
import type { QuitGate } from './quit-gate';
import type { RecoveryCopies } from './recovery-copies/recovery-copies';
import type { SheetReader } from './recovery-sheet/reading/sheet-reader';
import type { Shell } from './shell/shell';

export interface MainParts {
  /** Known once the shell is open, and no window calls before that. */
  readonly shell: () => Shell;
  readonly copies: () => RecoveryCopies;
  readonly sheetReader: SheetReader;
  readonly host: EngineHost;
  readonly profile: Profile;
  readonly preferences: PreferenceFile;
  readonly delays: EventLoopDelayRecord;
  readonly quitGate: QuitGate;
}

/** The main thread's share of the contract. */
export function mainHandlers(parts: MainParts): Handlers<'main'> {
  const { shell, copies, sheetReader, host, profile, preferences, delays, quitGate } = parts;
  const language = (): Language =>
    languageFor(preferences.source.value.language, shell().systemLocale);
  const keyFileImport = new KeyFileImport({
    shell,
    language,
    importKeys: (text, passphrase) => host.engine.call('importKeys', { text, passphrase }),
  });

  /** Lets the person pick the saved key and hands its text to the engine; false if cancelled. */
  async function withSavedKey(use: (text: string) => Promise<unknown>): Promise<boolean> {
    const path = await copies().askSavedFile();
    if (path === null) return false;
    await use(await sheetReader.readFile(path));
    return true;
  }

  return {
    'app.info': (): Promise<CallResult<'app.info'>> =>
      Promise.resolve({
        version: APP_VERSION,
        systemLocale: shell().systemLocale,
        capabilities: shell().capabilities,
      }),
    'app.eventLoopDelay': () => Promise.resolve(delays.read()),
    'app.retryStore': () => profile.open(),
    'store.openByRecoveryKey': ({ secret }) => profile.openByRecoveryKey(secret),
    'store.openByRecoveryFile': () => withSavedKey((text) => profile.openByRecoveryKey(text)),
    'store.openByRecoveryDrop': async ({ bytes }) =>
      profile.openByRecoveryKey(await sheetReader.readBytes(bytes)),
    'store.choosePassphrase': ({ passphrase, repeated }) =>
      profile.choosePassphrase(passphrase, repeated),
    'store.enterPassphrase': ({ passphrase }) => profile.enterPassphrase(passphrase),
    'store.keepAside': () => profile.keepAside(),
    'store.moveToKeychain': () => profile.moveToKeychain(),
    'app.quit': ({ quit }) => quitGate.decide(quit),
    'preferences.update': (change) => preferences.update(change),
    'links.open': async ({ url }) => shell().openExternal(requireExternalLink(url)),
    'clipboard.copyText': ({ text }) => shell().writeClipboard(text),

    'setup.saveText': () => copies().saveText(),
    'setup.savePdf': () => copies().savePdf(),
    'setup.print': () => copies().print(),
    'setup.copy': () => copies().copy(),
    'setup.proveByFile': () =>
      withSavedKey((text) => host.callContract('setup.prove', { by: 'text', text })),
    'keyChange.resetBackupByFile': () =>
      withSavedKey((secret) =>
        host.callContract('keyChange.begin', { operation: 'reset_backup', secret }),
      ),
    'keyChange.resetBackupByDrop': async ({ bytes }) => {
      const secret = await sheetReader.readBytes(bytes);
      await host.callContract('keyChange.begin', { operation: 'reset_backup', secret });
    },
    'snapshots.readBackByFile': ({ id }) =>
      withSavedKey((secret) => host.callContract('snapshots.readBack', { id, secret })),
    'snapshots.readBackByDrop': async ({ id, bytes }) => {
      const secret = await sheetReader.readBytes(bytes);
      await host.callContract('snapshots.readBack', { id, secret });
    },
    'restore.beginByFile': () =>
      withSavedKey((secret) => host.callContract('restore.begin', { secret })),
    'restore.beginByDrop': async ({ bytes }) => {
      await host.callContract('restore.begin', { secret: await sheetReader.readBytes(bytes) });
    },

    'drill.checkByFile': () =>
      withSavedKey((secret) => host.callContract('drill.check', { secret })),
    'drill.checkByDrop': async ({ bytes }) => {
      await host.callContract('drill.check', { secret: await sheetReader.readBytes(bytes) });
    },

    'keyFile.export': ({ passphrase }) =>
      exportKeyFile(passphrase, {
        shell: shell(),
        language: language(),
        exportKeys: (secret) => host.engine.call('exportKeys', { passphrase: secret }),
      }),
    'keyFile.choose': () => keyFileImport.choose(),
    'keyFile.import': ({ passphrase }) => keyFileImport.import(passphrase),
  };
}
