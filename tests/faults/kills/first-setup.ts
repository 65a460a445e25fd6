/** A new account's first day: sign-in, and the first setup of its key backup, killed in the middle. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Device } from '../../support/partner/device';
import type { RawEvent } from './app-messages';
import { asError, GoneError, type AppProcess } from './app-process';
import { openBackup, readBackup } from './backup-on-server';
import { chanceOf, Span } from './chance';
import { ConsoleLogin } from './console-login';
import { provenRecoveryKey } from './key-backup';
import { onlineAsBefore } from './online';
import { PartnerEars } from './partner-ears';
import { keysSentTo } from './shared-keys';
import { signInUnderKills } from './sign-in';
import { Subject, type World } from './subject';
import { TimelineView } from './timeline-view';

const mostKills = 4;
const span = new Span(1_200);
const startSpan = new Span(800);

/** What the person holds, and what the app has told them. */
interface Held {
  recoveryKey: string | null;
  /** The app has said that the account is secured. */
  isSecured: boolean;
}

let lastRound = 0;

/** One new account, until its keys are safe. */
export async function setUpUnderKills(world: World, partner: Device): Promise<void> {
  lastRound += 1;
  const name = `new-${String(lastRound)}`;
  const chance = chanceOf(world.seed, name);
  const user = await world.registerUser(`eva-${String(world.seed)}-${name}`);
  const account = await ConsoleLogin.open(world.baseUrl, user);
  const roomId = await account.createEncryptedRoom([partner.userId]);
  await partner.join(roomId);
  const subject = new Subject(world);
  const ears = new PartnerEars(partner, roomId);
  try {
    let app = await signInUnderKills(world, subject, user, chance);
    if (app === null) return;
    const messages = await exchangeMessages(world, app, partner, ears, roomId, name).catch(
      async (error: unknown) => {
        const detail = `After the sign-in, messages don’t arrive: ${String(error)}`;
        await subject.found('message lost', 'sign-in', detail);
        return null;
      },
    );
    if (messages === null) return;
    world.tally.checked('sign-in', { messages: messages.length });

    const held: Held = { recoveryKey: null, isSecured: false };
    for (let kills = 0; ; kills += 1) {
      const isLast = kills >= mostKills || world.left('setup') <= 0 || chance.happens(0.15);
      const started = Date.now();
      if (kills > 0) app = subject.start();
      const wasSecured = held.isSecured;
      const work = secure(app, held).then(() => null, asError);
      if (!isLast) {
        const isEarly = kills > 0 && chance.happens(0.1);
        const whole = startSpan.ms * (kills > 0 ? 1 : 0);
        const fraction = chance.fraction();
        await pause(isEarly ? fraction * whole : whole + fraction * span.ms * 1.1);
        await subject.kill('setup', () => messages);
      }
      const problem = await work;
      if (problem !== null && !(problem instanceof GoneError)) {
        const loss = wasSecured ? 'key lost' : 'restart';
        await subject.found(loss, 'setup', String(problem));
        return;
      }
      if (isLast) {
        if (kills === 0) span.took(Date.now() - started);
        break;
      }
      world.tally.spent('setup', Date.now() - started);
    }
    const inspection = await subject.close('setup', messages);
    await checkBackup(world, subject, account, held, messages, inspection?.sessions ?? new Set());
    if (inspection?.deviceId != null) await account.removeDevice(inspection.deviceId);
  } finally {
    ears.close();
    await subject.remove();
  }
}

/** Gives the device keys that are worth keeping, and shows that it is one others can write to. */
async function exchangeMessages(
  { tally }: World,
  app: AppProcess,
  partner: Device,
  ears: PartnerEars,
  roomId: string,
  name: string,
): Promise<RawEvent[]> {
  if (app.state.phase !== 'signed_in') throw new Error('Not signed in');
  const { userId, deviceId } = app.state.account;
  const view = new TimelineView();
  app.watch('timeline', { roomId }, (message) => view.take(message));
  await partner.knowsDeviceOf(userId, deviceId);
  const bodies: string[] = [];
  for (let each = 1; each <= 3; each += 1) {
    const body = `${name} ${String(each)}`;
    await partner.client.getCrypto()?.forceDiscardSession(roomId);
    const before = keysSentTo(userId);
    await partner.say(roomId, body);
    if (keysSentTo(userId) > before) bodies.push(body);
    else tally.unshared += 1;
  }
  const own = `${name} own`;
  await app.call('timeline.send', { roomId, body: own });
  const all = [...bodies, own];
  const isHere = (body: string): boolean => {
    const [item] = view.saying(body);
    return item?.delivery === 'sent' && item.eventId !== null && ears.raw(item.eventId) !== null;
  };
  const stop = ears.onHeard(() => {
    app.poke();
  });
  try {
    await app.until('the first messages', () => all.every(isHere));
  } catch (error) {
    const missing = all.filter((body) => !isHere(body)).join(', ');
    const shown = view.items.map(({ content, delivery }) => ({ delivery, ...content }));
    throw new Error(`${asError(error).message}: ${missing}; shown: ${JSON.stringify(shown)}`, {
      cause: error,
    });
  } finally {
    stop();
  }
  return all.flatMap((body) => ears.raw(view.saying(body)[0]?.eventId ?? '') ?? []);
}

/** Does what the state asks of the person, until the keys are safe. */
async function secure(app: AppProcess, held: Held): Promise<void> {
  await onlineAsBefore(app);
  await app.until('the keys’ state is known', () => (app.keys?.state ?? 'unknown') !== 'unknown');
  const state = app.keys?.state;
  switch (state) {
    case 'needs_setup':
      if (held.isSecured) throw new Error('The account was secured, and now needs setup');
      held.recoveryKey = await provenRecoveryKey(app);
      await app.call('setup.secure', {});
      held.isSecured = true;
      break;
    case 'secrets_incomplete':
    case 'needs_restore':
      if (held.recoveryKey === null) throw new Error(`${state} without a recovery key`);
      await app.call('restore.begin', { secret: held.recoveryKey });
      break;
    case 'ready':
    case 'uploading':
      break;
    default:
      throw new Error(`The keys’ state is ${String(state)}`);
  }
  await app.until(
    'the keys are safe',
    () => app.keys?.state === 'ready' && app.keys.pendingKeys === 0,
  );
  held.isSecured = true;
}

/** The recovery key alone, on another computer, opens every message. */
async function checkBackup(
  world: World,
  subject: Subject,
  account: ConsoleLogin,
  { recoveryKey }: Held,
  messages: readonly RawEvent[],
  here: ReadonlySet<string>,
): Promise<void> {
  try {
    if (recoveryKey === null) throw new Error('There never was a recovery key');
    const backup = await openBackup(account, recoveryKey);
    const { sessions, unreadable } = await readBackup(account, backup, messages);
    const missing = [...here].filter((session) => !sessions.has(session));
    world.tally.checked('setup', { keys: sessions.size, messages: messages.length });
    if (missing.length === 0 && unreadable.length === 0) return;
    const detail = `${String(missing.length)} keys are not in the backup, ${String(unreadable.length)} messages can’t be read with it`;
    await subject.found('key lost', 'setup', detail);
  } catch (error) {
    await subject.found('key lost', 'setup', `The recovery key does not open: ${String(error)}`);
  }
}
