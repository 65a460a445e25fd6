/**
 * What a help desk needs to know, and nothing else: no key, phrase, token or password, no message,
 * no name of a room or of a device, no id of anybody but the account itself. In English, so that it
 * can be passed on. The person reads it before it goes anywhere.
 */
import sdk from 'matrix-js-sdk/package.json' with { type: 'json' };
import type { KeyFindings } from '../../../../preload/model/key-findings';
import type { AppFacts } from '../../protocol';
import { readDrillRecord } from '../drill/drill-record';
import type { KeysContext } from '../keys-context';
import { cryptoOf } from '../olm-machine';
import { lastSnapshotAt } from '../snapshot/snapshots';
import type { KeyHealth } from './key-health';

type Line = readonly [name: string, value: string];

/** Builds it from what is known now; without a connection it says less. */
export async function helpDeskReport(
  context: KeysContext,
  health: KeyHealth,
  app: AppFacts,
): Promise<string> {
  const sections: readonly (readonly [string, readonly Line[]])[] = [
    ['App', appLines(context, app)],
    ['Account', await accountLines(context)],
    ['Keys', keyLines(context, health)],
    ['As last found', findingLines(health.findings)],
    ['Recent failures', failureLines(app)],
  ];
  const body = sections.map(([title, lines]) => section(title, lines));
  return [...head(), ...body].join('\n\n') + '\n';
}

function head(): string[] {
  return [
    'Holdfast: report for the help desk',
    `Made ${time(Date.now())}\nHolds no keys, phrases, passwords or messages, and no names of rooms or people.`,
  ];
}

function appLines({ client }: KeysContext, app: AppFacts): Line[] {
  const [ours, system] = app.locales;
  return [
    ['Holdfast', app.version],
    ['Shell', app.shell],
    ['System', app.system],
    ['Languages', `app ${ours}, system ${system}`],
    ['matrix-js-sdk', sdk.version],
    ['Cryptography', cryptoOf(client).getVersion()],
  ];
}

async function accountLines({ client, account }: KeysContext): Promise<Line[]> {
  const { userId, deviceId, serverName } = account;
  // The SDK asks once and remembers.
  const server = await client.getVersions().catch(() => null);
  return [
    ['User', userId],
    ['This device', deviceId],
    ['Homeserver', `${serverName} at ${new URL(client.getHomeserverUrl()).origin}`],
    ['Matrix versions', server === null ? notKnown : server.versions.join(', ')],
    ['Sync', client.getSyncState() ?? notKnown],
  ];
}

function keyLines(context: KeysContext, health: KeyHealth): Line[] {
  const { survey, policy } = health;
  const { topics, store, account } = context;
  const drill = readDrillRecord(store.crypto.records, account.userId);
  const snapshot = lastSnapshotAt(context);
  const facts = Object.entries(survey?.facts ?? {}).map(([name, value]): Line => [
    `- ${name}`,
    String(value),
  ]);
  const change = topics.keyChange.value;
  return [
    ['State', health.state],
    ['Repair offered', topics.keys.value.repair ?? 'none'],
    ['Not known because', survey?.problem ?? (survey === null ? 'not asked yet' : 'all is known')],
    ...facts,
    ['Keys here', count(survey?.counts?.total)],
    ['Keys waiting', count(survey?.counts?.pending)],
    ['Keys the server lost', count(survey?.missingKeys)],
    ['Uploads go to', survey?.counts?.version ?? 'nowhere'],
    ['Encrypted rooms', String(health.encryptedRooms)],
    ['Change under way', 'operation' in change ? `${change.operation}, ${change.step}` : 'none'],
    ['Restore', topics.restore.value.step],
    ['Recovery key proved', drill?.checkedAt == null ? 'not since setup' : time(drill.checkedAt)],
    ['Last local copy', snapshot === null ? 'none' : time(snapshot)],
    [
      'Organisation',
      `backup ${policy.setupRequired ? 'required' : 'not required'}; ${policy.methods.join(', ')}`,
    ],
  ];
}

function findingLines(findings: KeyFindings | null): Line[] {
  if (findings === null) return [['Nothing', 'found yet']];
  const { storage, backup } = findings;
  return [
    ['Asked', time(findings.checkedAt)],
    ['Identity', `${findings.identity}; its keys here: ${yes(findings.identityKeysHere)}`],
    ['Secret storage', storage === null ? 'none' : `key id ${storage.keyId}`],
    ...(storage === null
      ? []
      : [
          ['- backup key', yes(storage.holdsBackupKey)] as const,
          ['- identity', yes(storage.holdsIdentity)] as const,
          ['- understood', yes(storage.understood ?? true)] as const,
        ]),
    ['Backup', backup === null ? 'none' : `version ${backup.version}, ${backup.algorithm}`],
    ...(backup === null
      ? []
      : [
          ['- etag', backup.etag] as const,
          ['- keys', String(backup.keys)] as const,
          ['- trust', backup.trust] as const,
          ['- made by device', backup.madeBy?.deviceId ?? notKnown] as const,
          ['- understood', yes(backup.understood ?? true)] as const,
          ['- seen replaced', backup.replacedAt === null ? 'no' : time(backup.replacedAt)] as const,
        ]),
    ['All uploaded', findings.allUploadedAt === null ? notKnown : time(findings.allUploadedAt)],
  ];
}

function failureLines({ failures }: AppFacts): Line[] {
  if (failures.length === 0) return [['None', 'since the app was started']];
  return failures.map(({ at, call, code }) => [time(at), `${code} (${call})`]);
}

const notKnown = 'not known';

function section(title: string, lines: readonly Line[]): string {
  return [title.toUpperCase(), ...lines.map(([name, value]) => `${name}: ${value}`)].join('\n');
}

/** To the second, in UTC. */
function time(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function count(value: number | undefined): string {
  return value === undefined ? notKnown : String(value);
}

function yes(is: boolean): string {
  return is ? 'yes' : 'no';
}
