/** The composition root: the one file that knows every part of the app, and wires them. */
import { mkdir } from 'node:fs/promises';
import type { LocalAccounts } from '../preload/model/accounts';
import type { AppState, Language, VaultState } from '../preload/model/app';
import type { KeyHealth, QuitQuestion, SetupState, SignOutRisk } from '../preload/model/keys';
import { createDispatcher } from './bridge/dispatcher';
import { Subscriptions } from './bridge/subscriptions';
import { EventLoopDelayRecord } from './diagnostics/event-loop-delay';
import { HelpDeskReport } from './diagnostics/help-desk-report';
import { RecentFailures } from './diagnostics/recent-failures';
import { createEgress } from './egress/egress';
import { EngineHost } from './engine/host';
import { snapshotFolder } from './engine/keys/snapshot/snapshot-folder';
import { mainHandlers } from './handlers';
import { KeyFileImport } from './key-files/key-file-import';
import { languageFor } from './preferences/language';
import { Organisation } from './policy/organisation';
import type { PolicySource } from './policy/policy-source';
import { policySourceHere } from './policy/policy-source-here';
import { PreferenceFile } from './preferences/preferences';
import { Profile } from './profile';
import { Accounts } from './profiles/accounts';
import { endLogin } from './profiles/end-login';
import { LocalProfiles } from './profiles/local-profiles';
import { cardFileName } from './profiles/profile-card';
import { ProfileFolders, type ProfileFolder } from './profiles/profile-folders';
import { isKeyNotInUse, QuitGate } from './quit-gate';
import { RecoveryCopies } from './recovery-copies/recovery-copies';
import { SheetReader } from './recovery-sheet/reading/sheet-reader';
import { createAppScheme } from './shell/app-scheme';
import { ContentLender } from './shell/content-lender';
import { CrashBudget } from './shell/crash-budget';
import type { OpenShell, Shell } from './shell/shell';
import { finishKeepingAside, keepStoreAside } from './store/keep-aside';
import { profileStoreExists, storeFileNames } from './store/profile-store';
import { ValueSource } from './topics/value-source';
import { watchTopics } from './topics/watch-topics';
import { SystemKeychain } from './vault/system-keychain';
import { closedVault, Vault } from './vault/vault';
import { vaultFileNames } from './vault/vault-file';
import { within } from './within';

export interface StartOptions {
  /** Absolute path of the app's folder, which is the first profile's; made if missing. */
  readonly profileDir: string;
  /** Absolute path of the built renderer. */
  readonly rendererDir: string;
  /** The built engine script. */
  readonly engineWorker: URL;
  /** The built script that reads recovery sheets. */
  readonly sheetThread: URL;
  /** In place of the platform's own; no switch or variable of the app sets it. */
  readonly policySource?: PolicySource;
}

/** Milliseconds the engine gets to finish writing when the app ends. */
const closeWithinMs = 5_000;
/** Milliseconds for the profiles' end: longer than ending a login on the server takes at most. */
const endWithinMs = 12_000;

/** Starts the app on a desktop; resolves when its window is on screen. */
export async function startHoldfast(openShell: OpenShell, options: StartOptions): Promise<void> {
  const { profileDir, rendererDir } = options;
  const delays = new EventLoopDelayRecord();
  await mkdir(profileDir, { recursive: true, mode: 0o700 });
  const preferences = await PreferenceFile.open(profileDir);
  const organisation = await Organisation.open(
    options.policySource ?? policySourceHere(process.platform),
  );

  const app = new ValueSource<AppState>({ phase: 'starting' });
  const vaultState = new ValueSource<VaultState>(closedVault);
  const localAccounts = new ValueSource<LocalAccounts>({ open: null, accounts: [] });
  const quitRequest = new ValueSource<QuitQuestion | null>(null);
  const lender = new ContentLender();
  const scheme = createAppScheme({ rendererDir, lender });

  // Until the shell is open nothing asks for it: the engine is opened after it.
  const opened = Promise.withResolvers<Shell>();
  const egress = opened.promise.then(({ fetch }) => createEgress(fetch));
  const engineCrashes = new CrashBudget();
  const host = new EngineHost({
    script: options.engineWorker,
    managed: organisation.policy,
    procedures: {
      fetch: async (request, signal) => (await egress)(request, signal),
      accountChanged: ({ account }) => accounts.accountChanged(account),
      recoveryKeyKnown: (proven) => accounts.profile.recoveryKeyKnown(proven),
      storeFailed: ({ code }) => accounts.profile.storeFailed(code),
      placeLogin: ({ login, fitsStore }) => accounts.placeLogin(login, fitsStore),
    },
    onCrash: () => accounts.engineCrashed(engineCrashes.spend()),
  });
  const keychain = new SystemKeychain();
  const profileIn = (folder: ProfileFolder): Profile => {
    const { dir } = folder;
    return new Profile({
      app,
      vault: new Vault({
        profileDir: dir,
        keychain,
        storeExists: () => profileStoreExists(dir),
        state: vaultState,
      }),
      keptAside: {
        finish: () => finishKeepingAside(dir, profileFiles),
        keep: () => keepStoreAside(dir, profileFiles),
        remove: () => keepStoreAside(dir, [...personalFiles, ...profileFiles]),
      },
      openEngine: async (storeKey) => {
        await accounts.opened(folder, await host.open({ profileDir: dir, storeKey }));
      },
      closeEngine: () => host.stop(closeWithinMs),
    });
  };
  const accounts: Accounts = new Accounts({
    profiles: new LocalProfiles({
      folders: new ProfileFolders(profileDir),
      storeExists: profileStoreExists,
    }),
    app,
    topic: localAccounts,
    profileIn,
    adopt: (login) => host.engine.call('adopt', login),
    signOut: (acceptLoss) => host.callContract('signOut.confirm', { acceptLoss }),
    endLogin: async ({ session }) => endLogin(await egress, session),
    forget: async () => {
      lastKnownRisk = nothingKnown;
      keyNotInUse = false;
      quitRequest.set(null);
      keyFileImport.forget();
      failures.forget();
      report.forget();
      lender.revokeAll();
      await copies.forget().catch(() => undefined);
      // A window that is just being opened anew is new anyway.
      await shell.renewMainWindow().catch(() => undefined);
    },
  });

  const subscriptions = new Subscriptions(
    watchTopics(
      {
        app: () => app,
        accounts: () => localAccounts,
        policy: () => organisation.told,
        preferences: () => preferences.source,
        quitRequest: () => quitRequest,
        vault: () => vaultState,
      },
      (topic, params, listener) => host.watch(topic, params, listener),
    ),
  );

  let lastKnownRisk = nothingKnown;
  let keyNotInUse = false;
  const quitGate = new QuitGate({
    app,
    quitRequest,
    risk: () => host.callContract('signOut.risk', {}) as Promise<SignOutRisk>,
    lastKnown: () => lastKnownRisk,
    keyNotInUse: () => keyNotInUse,
    end: async () => {
      await copies.forget().catch(() => undefined);
      await host.close(closeWithinMs).catch(() => undefined);
      await within(endWithinMs, accounts.close());
      await shell.quit();
    },
  });

  const language = (): Language =>
    languageFor(preferences.source.value.language, shell.systemLocale);
  const keyFileImport = new KeyFileImport({
    shell: () => shell,
    language,
    importKeys: (text, passphrase) => host.engine.call('importKeys', { text, passphrase }),
  });

  const failures = new RecentFailures();
  const report = new HelpDeskReport({
    shell: () => shell,
    language,
    failures: () => failures.all,
    build: (app) => host.engine.call('helpDeskReport', app),
  });

  const dispatch = createDispatcher({
    appOrigin: () => shell.appOrigin,
    handlers: mainHandlers({
      shell: () => shell,
      host,
      accounts,
      keyFileImport,
      organisation,
      preferences,
      delays,
      report,
      quitGate,
      copies: () => copies,
      sheetReader: new SheetReader(options.sheetThread),
    }),
    callEngine: (name, args) => host.callContract(name, args),
    subscriptions,
  });

  const shell = await openShell(
    {
      invoke: async (sender, name, args) => failures.note(name, await dispatch(sender, name, args)),
      windowGone: (windowId) => {
        subscriptions.windowGone(windowId);
      },
      serve: (request) => scheme.serve(request),
      mayQuit: () => quitGate.mayQuit(),
      mustQuit: () => quitGate.mustQuit(),
      secondStart: () => void shell.showMainWindow(),
    },
    { profileDir, rendererDir },
  );
  opened.resolve(shell);
  const copies = new RecoveryCopies({
    shell,
    lender,
    sheet: () => host.engine.call('recoverySheet', null),
    kept: (copy) => host.engine.call('copyKept', { copy }),
    language,
    helpDesk: () => organisation.told.value.helpDesk[language()],
  });

  host.watch('keys', {}, (health) => {
    const { state, pendingKeys, encryptedRooms } = health as KeyHealth;
    lastKnownRisk = { state, pendingKeys, encryptedRooms, safe: false };
  });
  preferences.source.subscribe(({ theme }) => {
    shell.setTheme(theme);
  });
  host.watch('setup', {}, (message) => {
    const setup = message as SetupState;
    // While the recovery key is on screen, the window stays out of recordings (I7).
    shell.protectContent(setup.step === 'presenting');
    keyNotInUse = isKeyNotInUse(setup);
  });
  const started = accounts.start();
  await shell.showMainWindow();
  await started;
}

/** All that a profile begins anew without: store and vault. */
const profileFiles = [...storeFileNames, ...vaultFileNames];
/** What else is its person's. */
const personalFiles = [cardFileName, snapshotFolder];

/** Of the keys, before the engine has said anything. */
const nothingKnown: SignOutRisk = {
  state: 'unknown',
  pendingKeys: null,
  encryptedRooms: 0,
  safe: false,
};
