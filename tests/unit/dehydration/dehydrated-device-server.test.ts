import { ConnectionError, MatrixError, type MatrixClient } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { DehydratedDeviceServer } from '../../../main/engine/dehydration/dehydrated-device-server';

type Asked = readonly [method: string, path: string, query: Record<string, string>];

/** A server that gives these answers, one after the other; an error is thrown. */
function server(...answers: unknown[]): { server: DehydratedDeviceServer; asked: Asked[] } {
  const asked: Asked[] = [];
  const http = {
    authedRequest: async (...[method, path, query]: Asked) => {
      asked.push([method, path, query]);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const client = { http } as unknown as MatrixClient;
  return { server: new DehydratedDeviceServer(client, new AbortController().signal), asked };
}

async function allEvents(of: DehydratedDeviceServer): Promise<unknown[]> {
  const pages: unknown[] = [];
  for await (const page of of.events('D/1')) pages.push(page);
  return pages;
}

const says = (errcode: string, status: number): Error => new MatrixError({ errcode }, status);

describe('a dehydrated device on the server', () => {
  it('is absent only where the server says so, and can’t be where it knows no such thing', async () => {
    expect(await server(says('M_NOT_FOUND', 404)).server.find()).toBeNull();
    expect(await server(says('M_UNRECOGNIZED', 404)).server.find()).toBe('unsupported');
  });

  it.each([
    ['an error of the server', says('M_UNKNOWN', 500), 'server_error'],
    ['a refusal', says('M_FORBIDDEN', 403), 'server_error'],
    ['no answer', new ConnectionError('no network'), 'offline'],
    ['an answer that is not understood', {}, 'server_error'],
  ])('is unknown after %s', async (_what, answer, code) => {
    await expect(server(answer).server.find()).rejects.toMatchObject({ code });
  });

  it('gives all that was sent to it, page by page, over an empty one', async () => {
    const { server: of, asked } = server(
      { events: [1], next_batch: 'a' },
      { events: [], next_batch: 'b' },
      { events: [2] },
    );
    expect(await allEvents(of)).toEqual([[1], [2]]);
    const path = '/dehydrated_device/D%2F1/events';
    expect(asked).toEqual([
      ['GET', path, {}],
      ['GET', path, { from: 'a' }],
      ['GET', path, { from: 'b' }],
    ]);
  });

  it('has no more to give where the server repeats itself', async () => {
    const page = { events: [1], next_batch: 'a' };
    const { server: of, asked } = server(page, page, page);
    expect(await allEvents(of)).toEqual([[1], [1]]);
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['fails', says('M_UNKNOWN', 500)],
    ['is not understood', {}],
  ])('has not given all where a page %s', async (_what, page) => {
    const { server: of } = server({ events: [1], next_batch: 'a' }, page);
    await expect(allEvents(of)).rejects.toMatchObject({ code: 'server_error' });
  });

  it('is replaced only where the server names the new one', async () => {
    expect(await server({ device_id: 'D2' }).server.replace('{}')).toBe('D2');
    for (const answer of [{}, says('M_UNKNOWN', 500)]) {
      await expect(server(answer).server.replace('{}')).rejects.toMatchObject({
        code: 'server_error',
      });
    }
  });
});
