import type { Handlers } from '../../preload/contract';
import type { Engine } from './engine';
import { discoverHomeserver } from './session/discovery';

/** The engine's share of the contract. */
export function engineHandlers(engine: Engine): Handlers<'engine'> {
  return {
    'signIn.discover': ({ server }) => discoverHomeserver(engine.fetch, server),
    'signIn.password': (login) => engine.signIn(login),
    'signOut.risk': () => engine.signOutRisk(),
    'signOut.confirm': ({ acceptLoss }) => engine.signOut(acceptLoss),

    'setup.begin': async (choice) => engine.session.keys.beginSetup(choice),
    'setup.prove': async (proof) => engine.session.keys.prove(proof),
    'setup.secure': async ({ accountPassword }) => engine.session.keys.secure(accountPassword),
    'setup.abandon': async () => engine.session.keys.abandonSetup(),
    'reminder.snooze': async () => engine.session.keys.snooze(),

    'keyChange.begin': async (change) => engine.session.keys.change.begin(change),
    'keyChange.continue': async () => engine.session.keys.change.resume(),
    'keyChange.cancel': async () => engine.session.keys.change.cancel(),
    'keyChange.dismiss': async () => engine.session.keys.change.dismiss(),

    'snapshots.list': async () => engine.session.keys.snapshots.list(),
    'snapshots.make': async () => ({ keys: await engine.session.keys.snapshots.make() }),
    'snapshots.readBack': async ({ id, secret }) => ({
      keys: await engine.session.keys.snapshots.readBack(id, secret),
    }),

    'drill.check': async ({ secret }) => engine.session.keys.drill.check(secret),
    'drill.snooze': async () => engine.session.keys.drill.snooze(),

    'interactiveAuth.enterPassword': async ({ password }) =>
      engine.session.interactiveAuth.enterPassword(password),
    'interactiveAuth.cancel': async () => engine.session.interactiveAuth.cancel(),

    'backup.switchOff': async () => engine.session.keys.backupSwitch.off(),
    'backup.switchOn': async () => engine.session.keys.switchBackupOn(),

    'repair.tryAgain': async () => engine.session.keys.repairs.tryAgain(),
    'repair.uploadNow': async () => engine.session.keys.repairs.uploadNow(),
    'repair.complete': async ({ secret }) => engine.session.keys.repairs.complete(secret),

    'oldKey.read': async ({ secret }) => engine.session.keys.oldKey.read(secret),

    'carryOver.tryAgain': async () => engine.session.keys.carryOver.run(),

    'restore.begin': async ({ secret }) => engine.session.keys.beginRestore(secret),
    'restore.pause': async () => engine.session.keys.pauseRestore(),
    'restore.resume': async () => engine.session.keys.resumeRestore(),
    'restore.dismiss': async () => engine.session.keys.dismissRestore(),

    'verification.requestOwn': async () => engine.session.verifications.requestOwn(),
    'verification.requestDevice': async ({ deviceId }) =>
      engine.session.verifications.requestDevice(deviceId),
    'verification.requestPerson': async ({ userId }) =>
      engine.session.verifications.requestPerson(userId),
    'verification.accept': async () => engine.session.verifications.accept(),
    'verification.useEmoji': async () => engine.session.verifications.useEmoji(),
    'verification.emojiMatch': async () => engine.session.verifications.emojiMatch(),
    'verification.emojiMismatch': async () => engine.session.verifications.emojiMismatch(),
    'verification.qrSeen': async ({ seen }) => engine.session.verifications.qrSeen(seen),
    'verification.scan': async ({ code }) => engine.session.verifications.scan(code),
    'verification.cancel': async () => engine.session.verifications.cancel(),
    'verification.dismiss': async () => engine.session.verifications.dismiss(),
    'people.acceptIdentity': async ({ userId }) => engine.session.people.acceptIdentity(userId),

    'devices.refresh': async () => engine.session.devices.refresh(),
    'devices.rename': async ({ deviceId, name }) => engine.session.devices.rename(deviceId, name),
    'devices.snooze': async () => engine.session.devices.snooze(),
    'devices.signOutRisk': () => engine.deviceSignOutRisk(),
    'devices.signOut': async ({ deviceIds, acceptLoss }) =>
      engine.session.deviceSignOut.signOut(deviceIds, acceptLoss),
    'verifiedOnly.everywhere': async ({ on }) => engine.session.verifiedOnly.setEverywhere(on),
    'verifiedOnly.inRoom': async ({ roomId, on }) => engine.session.verifiedOnly.setIn(roomId, on),

    'timeline.loadOlder': async ({ roomId }) => engine.session.timelines.loadOlder(roomId),
    'timeline.lookAgain': async ({ roomId }) => engine.session.timelines.lookAgain(roomId),
    'timeline.send': async ({ roomId, body }) => engine.session.timelines.send(roomId, body),
    'timeline.retry': async ({ roomId, itemId }) => engine.session.timelines.retry(roomId, itemId),
    'timeline.discard': async ({ roomId, itemId }) =>
      engine.session.timelines.discard(roomId, itemId),
    'rooms.markRead': async ({ roomId, eventId }) => engine.session.rooms.markRead(roomId, eventId),
    'rooms.historyForInvited': async ({ roomId }) => engine.session.rooms.historyForInvited(roomId),
    'rooms.invite': async ({ roomId, userId }) => engine.session.rooms.invite(roomId, userId),
    'rooms.accept': async ({ roomId }) => engine.session.rooms.accept(roomId),
    'rooms.decline': async ({ roomId }) => engine.session.rooms.decline(roomId),
  };
}
