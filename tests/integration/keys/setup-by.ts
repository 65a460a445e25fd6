import type { TestEngine } from '../../support/engine/start-engine';

export const goodPhrase = 'Ein Kamel tanzt grün auf dem Dach';

/** Goes through the whole setup as a person would, and hands back the key they kept. */
export async function setUpByKey(engine: TestEngine): Promise<string> {
  const { recoveryKey } = await engine.call('setup.begin', { method: 'key' });
  await engine.call('setup.prove', { by: 'groups', groups: askedGroups(engine, recoveryKey) });
  await engine.call('setup.secure', {});
  return recoveryKey;
}

export async function setUpByPhrase(engine: TestEngine, phrase = goodPhrase): Promise<string> {
  const choice = { method: 'phrase', phrase, repeated: phrase } as const;
  const { recoveryKey } = await engine.call('setup.begin', choice);
  await engine.call('setup.prove', { by: 'phrase', phrase });
  await engine.call('setup.secure', {});
  return recoveryKey;
}

/** The three groups the setup asks for, as read off the presented key. */
export function askedGroups({ setup }: TestEngine, recoveryKey: string): string[] {
  if (setup.value.step !== 'presenting') throw new Error('Nothing is presented');
  const groups = recoveryKey.split(' ');
  return setup.value.askedGroups.map((group) => groups[group - 1]!);
}
