import { OlmMachine } from '@matrix-org/matrix-sdk-crypto-wasm';
import { describe, expect, it } from 'vitest';
import { sealKeyFile } from '../../../main/key-files/key-file-format';
import { clientOf, converse, readMessage } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';

const devices = useDevices();
const passphrase = 'four camels on a roof';

describe('importing a key file', () => {
  it('makes the messages readable whose keys another Matrix app exported', async () => {
    const laptop = await devices.signIn();
    const [first, ...others] = await converse(laptop, 1, 3);
    const exported = await clientOf(laptop).getCrypto()!.exportRoomKeysAsJson();
    const file = OlmMachine.encryptExportedRoomKeys(exported, passphrase, 100_000);
    const desktop = await devices.signIn();
    expect(await readMessage(desktop, first!)).toBeNull();

    const keys = desktop.engine.session.keys;
    expect(await keys.importKeys(file, passphrase)).toEqual({ total: 3, imported: 3, failed: 0 });
    for (const message of [first!, ...others]) {
      expect(await readMessage(desktop, message)).toBe(message.text);
    }
    // What is here already stays as it is.
    expect(await keys.importKeys(file, passphrase)).toEqual({ total: 3, imported: 0, failed: 0 });
  });

  it('counts what can’t be read, and takes the rest', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 4);
    const exported = JSON.parse(
      await clientOf(laptop).getCrypto()!.exportRoomKeysAsJson(),
    ) as Record<string, unknown>[];
    const spoilt = [
      ...exported.slice(0, 2),
      { ...exported[2], session_key: 'AQAA' },
      'no key',
      { ...exported[3], algorithm: 'org.example.other' },
    ];
    const desktop = await devices.signIn();
    const sealed = await sealKeyFile(JSON.stringify(spoilt), passphrase, 10);
    const imported = await desktop.engine.session.keys.importKeys(sealed, passphrase);
    expect(imported).toEqual({ total: 5, imported: 2, failed: 3 });
    const readable = await Promise.all(sent.map((message) => readMessage(desktop, message)));
    expect(readable.filter((text) => text !== null)).toHaveLength(2);
  });

  it('says that the passphrase is wrong, or that the file holds no keys, and imports nothing', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    const keys = laptop.engine.session.keys;
    const { text } = await keys.exportKeys(passphrase);
    await expect(keys.importKeys(text, 'another passphrase')).rejects.toMatchObject({
      code: 'key_file_passphrase',
    });
    const notKeys = await sealKeyFile('{"not":"a list"}', passphrase, 10);
    await expect(keys.importKeys(notKeys, passphrase)).rejects.toMatchObject({
      code: 'key_file_damaged',
    });
  });

  it('brings imported keys into the backup', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 2);
    const { text } = await laptop.engine.session.keys.exportKeys(passphrase);
    const desktop = await devices.signIn();
    await setUpByKey(desktop);
    await desktop.keys.waitFor(({ state }) => state === 'ready');
    await desktop.engine.session.keys.importKeys(text, passphrase);
    await desktop.keys.waitFor(({ pendingKeys }) => pendingKeys === 2);
    await desktop.call('signOut.risk', {});
    await desktop.keys.waitFor(
      ({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 2,
    );
  });
});
