/** A message in a few words, for the room list and for announcements. */
import type { MessageContent } from '../../../preload/model/rooms';
import type { Messages } from '../../i18n/en';

export function previewOf(t: Messages, content: MessageContent): string {
  switch (content.kind) {
    case 'text':
    case 'notice':
    case 'emote':
      return content.body;
    case 'attachment':
      return t.rooms.attachment[content.media](content.name);
    case 'undecryptable':
      return t.undecryptable.preview;
    case 'redacted':
      return t.rooms.redacted;
    case 'unsupported':
      return t.rooms.unsupported;
  }
}
