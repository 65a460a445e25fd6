/**
 * The restore as the product runs it: the built engine on its own thread, the network on this one,
 * whose delay is what a person would feel.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { RestoreState } from '../../../preload/model/keys';
import { createEgress } from '../../../main/egress/egress';
import { EngineHost } from '../../../main/engine/host';
import type { ProductRestore, Task } from './tasks';
import { rateOf } from './workload';

type RestoreTask = Extract<Task, { readonly measure: 'product-restore' }>;

export async function productRestore(task: RestoreTask): Promise<ProductRestore> {
  const egress = createEgress(globalThis.fetch);
  const crashed = Promise.withResolvers<never>();
  const host = new EngineHost({
    script: new URL('../../out/main/engine.js', import.meta.url),
    procedures: {
      fetch: (request, signal) => egress(request, signal),
      accountChanged: () => {},
      recoveryKeyKnown: () => {},
      storeFailed: () => {},
      placeLogin: () => 'here',
    },
    onCrash: () => crashed.reject(new Error('The engine ended')),
  });
  try {
    return await Promise.race([restoreOn(host, task), crashed.promise]);
  } finally {
    await host.close(5_000);
  }
}

async function restoreOn(host: EngineHost, task: RestoreTask): Promise<ProductRestore> {
  const { profile, baseUrl, user, password, recoveryKey } = task;
  const storeKey = new Uint8Array(Buffer.from(profile.storeKey, 'base64'));
  await host.open({ profileDir: profile.dir, storeKey });
  await host.callContract('signIn.password', { baseUrl, user, password });
  await firstOf(host, 'connection', (message) => {
    return (message as { readonly state?: string }).state === 'online';
  });

  let restoringAt = Number.NaN;
  const done = firstOf(host, 'restore', (message) => {
    const state = message as RestoreState;
    if (state.step === 'restoring' && Number.isNaN(restoringAt)) restoringAt = performance.now();
    return state.step === 'done';
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const enteredAt = performance.now();
  await host.callContract('restore.begin', { secret: recoveryKey });
  const end = (await done) as RestoreState;
  const doneAt = performance.now();
  delay.disable();

  if (end.step !== 'done' || end.imported !== task.keys) {
    throw new Error(`The restore ended with ${JSON.stringify(end)}`);
  }
  return {
    ...rateOf(task.keys, doneAt - restoringAt),
    fromEntryMs: doneAt - enteredAt,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    loopDelayMaxMs: delay.max / 1e6,
  };
}

function firstOf(
  host: EngineHost,
  topic: 'connection' | 'restore',
  holds: (message: unknown) => boolean,
): Promise<unknown> {
  return new Promise((resolve) => {
    const stop = host.watch(topic, {}, (message) => {
      if (!holds(message)) return;
      stop();
      resolve(message);
    });
  });
}
