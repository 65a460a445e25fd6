/**
 * One restore as the product runs it, in a process of its own: the built engine on its thread, the
 * network on this one. The task as JSON in the first argument, the result as a line.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { TopicMessage, TopicName, TopicParams } from '../../../preload/contract';
import type { TimelineItem } from '../../../preload/model/rooms';
import { createEgress } from '../../../main/egress/egress';
import { EngineHost } from '../../../main/engine/host';
import { leaveHeapsToThreads } from '../../../main/shell/chromium/thread-heaps';
import { peakMB } from '../store/process-memory';
import type { RestoreMeasured, RestoreTask } from './task';

const task = JSON.parse(process.argv[2] ?? '') as RestoreTask;
leaveHeapsToThreads();
const egress = createEgress(globalThis.fetch);
const host = new EngineHost({
  script: new URL('../../out/main/engine.js', import.meta.url),
  procedures: {
    fetch: (request, signal) => egress(request, signal),
    accountChanged: () => {},
    recoveryKeyKnown: () => {},
    storeFailed: () => {},
    placeLogin: () => 'here',
  },
  onCrash: () => process.exit(1),
});
const measured = await restore();
await host.close(5_000);
process.stdout.write(`${JSON.stringify(measured)}\n`, () => process.exit(0));

async function restore(): Promise<RestoreMeasured> {
  const { profile, baseUrl, user, password, recoveryKey, roomId, messages } = task;
  const storeKey = new Uint8Array(Buffer.from(profile.storeKey, 'base64'));
  await host.open({ profileDir: profile.dir, storeKey });
  await host.callContract('signIn.password', { baseUrl, user, password });
  await firstOf('connection', {}, ({ state }) => state === 'online');

  const items = new Map<string, TimelineItem>();
  const shows = (kind: 'text' | 'undecryptable'): Promise<void> =>
    firstOf('timeline', { roomId }, (patch) => {
      if (patch.reset) items.clear();
      for (const item of patch.upsert) items.set(item.id, item);
      for (const id of patch.remove) items.delete(id);
      return [...items.values()].filter(({ content }) => content.kind === kind).length >= messages;
    });
  await shows('undecryptable');

  const rssBeforeMB = process.memoryUsage.rss() / 1e6;
  const readable = shows('text').then(() => performance.now());
  const done = firstOf('restore', {}, ({ step }) => step === 'done');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpuBefore = process.cpuUsage();
  const enteredAt = performance.now();
  await host.callContract('restore.begin', { secret: recoveryKey });
  const begunAt = performance.now();
  await done;
  const ms = performance.now() - begunAt;
  const cpu = process.cpuUsage(cpuBefore);
  delay.disable();
  return {
    ms,
    perSecond: (task.keys * 1000) / ms,
    firstScreenMs: (await readable) - enteredAt,
    peakRssMB: await peakMB(),
    rssBeforeMB,
    loopDelayP99Ms: delay.percentile(99) / 1e6,
    loopDelayMaxMs: delay.max / 1e6,
    cpuMs: (cpu.user + cpu.system) / 1000,
  };
}

function firstOf<Name extends TopicName>(
  topic: Name,
  params: TopicParams<Name>,
  holds: (message: TopicMessage<Name>) => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    const stop = host.watch(topic, params, (message) => {
      if (!holds(message as TopicMessage<Name>)) return;
      // Not before it is there to be called: the first message may come at once.
      queueMicrotask(() => {
        stop();
        resolve();
      });
    });
  });
}
