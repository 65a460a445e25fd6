import type { CallResult, Handlers } from '../preload/contract';
import type { Language } from '../preload/model/app';
import type { Completed } from '../preload/model/key-repair';
import type { OldBackupRead } from '../preload/model/old-key';
import type { EventLoopDelayRecord } from './diagnostics/event-loop-delay';
import type { HelpDeskReport } from './diagnostics/help-desk-report';
import type { EngineHost } from './engine/host';
import { dialogWords } from './files/dialog-words';
import { exportKeyFile } from './key-files/export-key-file';
import type { KeyFileImport } from './key-files/key-file-import';
import { requireConfirmationPage, requireExternalLink } from './links/external-link';
import { languageFor } from './preferences/language';
import type { Organisation } from './policy/organisation';
import type { PreferenceFile } from './preferences/preferences';
import type { Accounts } from './profiles/accounts';
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
  readonly accounts: Accounts;
  readonly keyFileImport: KeyFileImport;
  readonly organisation: Organisation;
  readonly preferences: PreferenceFile;
  readonly delays: EventLoopDelayRecord;
  readonly report: HelpDeskReport;
  readonly quitGate: QuitGate;
}

/** The main thread's share of the contract. */
export function mainHandlers(parts: MainParts): Handlers<'main'> {
  const { shell, copies, sheetReader, host, accounts, preferences, delays, quitGate, report } =
    parts;
  const { keyFileImport, organisation } = parts;
  const language = (): Language =>
    languageFor(preferences.source.value.language, shell().systemLocale);

  /** Lets the person pick the saved key and hands its text to the engine; false if cancelled. */
  async function withSavedKey(use: (text: string) => Promise<unknown>): Promise<boolean> {
    const path = await copies().askSavedFile();
    if (path === null) return false;
    await use(await sheetReader.readFile(path));
    return true;
  }

  const complete = (secret: string): Promise<Completed> =>
    host.callContract('repair.complete', { secret }) as Promise<Completed>;

  const readByOldKey = (secret: string): Promise<OldBackupRead> =>
    host.callContract('oldKey.read', { secret }) as Promise<OldBackupRead>;

  return {
    'app.info': (): Promise<CallResult<'app.info'>> =>
      Promise.resolve({
        version: APP_VERSION,
        systemLocale: shell().systemLocale,
        capabilities: shell().capabilities,
      }),
    'app.eventLoopDelay': () => Promise.resolve(delays.read()),
    'app.retryStore': async () => accounts.profile.open(),
    'store.openByRecoveryKey': async ({ secret }) => accounts.profile.openByRecoveryKey(secret),
    'store.openByRecoveryFile': () =>
      withSavedKey((text) => accounts.profile.openByRecoveryKey(text)),
    'store.openByRecoveryDrop': async ({ bytes }) =>
      accounts.profile.openByRecoveryKey(await sheetReader.readBytes(bytes)),
    'store.choosePassphrase': async ({ passphrase, repeated }) => {
      organisation.requireAllowed('appPassphraseAllowed');
      await accounts.profile.choosePassphrase(passphrase, repeated);
    },
    'store.enterPassphrase': async ({ passphrase }) => accounts.profile.enterPassphrase(passphrase),
    'store.keepAside': async () => accounts.profile.keepAside(),
    'store.moveToKeychain': async () => accounts.profile.moveToKeychain(),
    'store.lock': async ({ passphrase, repeated }) => {
      organisation.requireAllowed('appPassphraseAllowed');
      await accounts.profile.lockByPassphrase(passphrase, repeated);
    },
    'accounts.open': ({ id }) => accounts.open(id),
    'accounts.add': () => accounts.add(),
    'accounts.choose': () => accounts.choose(),
    'accounts.rename': ({ name }) => accounts.rename(name),
    'accounts.remove': ({ typed, acceptLoss }) => accounts.remove(typed, acceptLoss),
    'app.quit': ({ quit }) => quitGate.decide(quit),
    'preferences.update': (change) => preferences.update(change),
    'links.open': async ({ url }) => shell().openExternal(requireExternalLink(url)),
    'interactiveAuth.openPage': async () => {
      const page = await host.engine.call('confirmationPage', null);
      await shell().openExternal(requireConfirmationPage(page));
    },
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

    'repair.completeByFile': async () => {
      const path = await copies().askSavedFile();
      if (path === null) return null;
      return complete(await sheetReader.readFile(path));
    },
    'repair.completeByDrop': async ({ bytes }) => complete(await sheetReader.readBytes(bytes)),

    'oldKey.readByFile': async () => {
      const path = await copies().askSavedFile();
      return path === null ? null : readByOldKey(await sheetReader.readFile(path));
    },
    'oldKey.readByDrop': async ({ bytes }) => readByOldKey(await sheetReader.readBytes(bytes)),

    'report.make': () => report.make(),
    'report.save': () => report.save(),

    'verification.scanFile': async () => {
      const words = dialogWords(language());
      const path = await shell().askOpenPath({
        title: words.openCode,
        kinds: [{ label: words.picture, extensions: ['png', 'jpg', 'jpeg'] }],
      });
      if (path === null) return false;
      await host.callContract('verification.scan', { code: await sheetReader.readCodeFile(path) });
      return true;
    },
    'verification.scanDrop': async ({ bytes }) => {
      await host.callContract('verification.scan', { code: await sheetReader.readCode(bytes) });
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
