/** What an event says as a message. Everything in an event comes from strangers: it is parsed. */
import type { MatrixEvent } from 'matrix-js-sdk';
import { z } from 'zod';
import type { MessageContent } from '../../../preload/model/rooms';
import { undecryptableReason } from './undecryptable-reason';

const message = z.object({ msgtype: z.string(), body: z.string() });
const attachment = z.object({
  body: z.string().catch(''),
  filename: z.string().optional().catch(undefined),
});

const media = new Map<string, 'image' | 'video' | 'audio' | 'file'>([
  ['m.image', 'image'],
  ['m.video', 'video'],
  ['m.audio', 'audio'],
  ['m.file', 'file'],
]);

/** Kinds of events that leave a mark where they were redacted. */
const redactable = new Set(['m.room.message', 'm.room.encrypted', 'm.sticker']);

/** Events that serve other events or protocols and are no message of their own. */
const silent =
  /^(m\.reaction|m\.room\.redaction|m\.key\.verification\..+|m\.(poll|beacon)\..+|m\.(call|rtc)\..+|org\.matrix\.msc\d+\..+)$/;

/** Null where the event is no message: state, reactions, edits of other messages, protocol. */
export function messageContent(event: MatrixEvent): MessageContent | null {
  // The relation of an edit stays readable in the encrypted event.
  if (event.isState() || event.isRelation('m.replace')) return null;
  const type: unknown = event.getType();
  if (typeof type !== 'string') return { kind: 'unsupported', type: '' };
  if (event.isRedacted()) return redactable.has(type) ? { kind: 'redacted' } : null;
  if (event.isDecryptionFailure()) {
    return { kind: 'undecryptable', reason: undecryptableReason(event) };
  }
  if (type === 'm.room.encrypted') return { kind: 'undecryptable', reason: 'still_decrypting' };
  if (type === 'm.room.message') return roomMessage(event.getContent());
  if (type === 'm.sticker') return attached('image', event.getContent());
  return silent.test(type) ? null : { kind: 'unsupported', type };
}

function roomMessage(content: unknown): MessageContent | null {
  const parsed = message.safeParse(content);
  if (!parsed.success) return { kind: 'unsupported', type: 'm.room.message' };
  const { msgtype, body } = parsed.data;
  const kindOfMedia = media.get(msgtype);
  if (kindOfMedia !== undefined) return attached(kindOfMedia, content);
  switch (msgtype) {
    case 'm.emote':
      return { kind: 'emote', body };
    case 'm.notice':
    case 'm.server_notice':
      return { kind: 'notice', body };
    case 'm.key.verification.request':
      return null;
    default:
      // The spec asks to show the body of kinds one does not know.
      return { kind: 'text', body };
  }
}

function attached(kind: 'image' | 'video' | 'audio' | 'file', content: unknown): MessageContent {
  const parsed = attachment.safeParse(content);
  const name = parsed.success ? (parsed.data.filename ?? parsed.data.body) : '';
  return { kind: 'attachment', name, media: kind };
}
