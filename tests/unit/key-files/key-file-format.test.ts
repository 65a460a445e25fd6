import { initAsync, OlmMachine } from '@matrix-org/matrix-sdk-crypto-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { openKeyFile, parseKeyFile, sealKeyFile } from '../../../main/key-files/key-file-format';

const passphrase = 'Schöne Grüße, 4 Kamele';
const keys = JSON.stringify([{ room_id: '!a:b', text: 'Ä'.repeat(300) }]);
const codeOf = (action: () => unknown): unknown => {
  try {
    action();
  } catch (error) {
    return Reflect.get(error as object, 'code');
  }
  return undefined;
};
/** The base64 between the lines. */
const bodyOf = (file: string): string => file.split('\n').slice(1, -2).join('');
const fileOf = (base64: string): string =>
  `-----BEGIN MEGOLM SESSION DATA-----\n${base64}\n-----END MEGOLM SESSION DATA-----\n`;

beforeAll(() => initAsync());

describe('the key file', () => {
  it('opens what the crypto library of other clients wrote, at any number of rounds', async () => {
    for (const rounds of [1, 1_000, 100_000]) {
      const theirs = OlmMachine.encryptExportedRoomKeys('[]', passphrase, rounds);
      expect(await openKeyFile(parseKeyFile(theirs), passphrase)).toBe('[]');
    }
  });

  it('is opened by the crypto library of other clients', async () => {
    const ours = await sealKeyFile('[]', passphrase, 1_000);
    expect(OlmMachine.decryptExportedRoomKeys(ours, passphrase)).toBe('[]');
    const lines = (await sealKeyFile(keys, passphrase, 1_000)).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(128);
  });

  it('may have lines of any length and ending, and text around them', async () => {
    const body = bodyOf(await sealKeyFile(keys, passphrase, 1_000));
    const unpadded = body.replace(/=+$/, '');
    const narrow = body.match(/.{1,20}/g)!.join('\r\n');
    const texts = [
      fileOf(body),
      fileOf(unpadded),
      fileOf(narrow).replaceAll('\n', '\r\n'),
      `\ufeffDear Mira,\nhere they are.\n\n${fileOf(body)}\n-- \nJonas\n`,
    ];
    for (const text of texts) {
      expect(await openKeyFile(parseKeyFile(text), passphrase)).toBe(keys);
    }
  });

  it('tells another file, and one of which a part is missing, before any passphrase is tried', async () => {
    const file = await sealKeyFile(keys, passphrase, 1_000);
    const body = bodyOf(file);
    expect(codeOf(() => parseKeyFile('EsTc nBVL'))).toBe('key_file_unknown');
    expect(codeOf(() => parseKeyFile(''))).toBe('key_file_unknown');
    const damaged = [
      file.slice(0, file.length / 2),
      fileOf(''),
      fileOf(body.slice(0, 80)),
      fileOf(body.replace(body.charAt(5), '€')),
      // Another version, and more rounds than anybody would wait for.
      fileOf(`Ag${body.slice(2)}`),
      fileOf(Buffer.from(withRounds(body, 4_000_000_000)).toString('base64')),
    ];
    for (const text of damaged) expect(codeOf(() => parseKeyFile(text))).toBe('key_file_damaged');
  });

  it('opens with no other passphrase, and with no bit changed', async () => {
    const file = await sealKeyFile(keys, passphrase, 1_000);
    const changed = Buffer.from(bodyOf(file), 'base64');
    changed[60]! ^= 1;
    const attempts = [
      openKeyFile(parseKeyFile(file), `${passphrase} `),
      openKeyFile(parseKeyFile(fileOf(changed.toString('base64'))), passphrase),
    ];
    // All at once: the one that ends first has to be awaited by then.
    await Promise.all(
      attempts.map((attempt) =>
        expect(attempt).rejects.toMatchObject({ code: 'key_file_passphrase' }),
      ),
    );
  });
});

function withRounds(body: string, rounds: number): Buffer {
  const bytes = Buffer.from(body, 'base64');
  bytes.writeUInt32BE(rounds, 33);
  return bytes;
}
