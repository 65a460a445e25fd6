import type { HistoryForInvited } from '../../../preload/model/invite';
import { grammarOf } from '../language';

const { plural } = grammarOf('en');

/** Asking people into a room. */
export const invite = {
  open: 'Invite people',
  title: (room: string) => `Invite people to ${room}`,
  entry: 'Matrix addresses',
  hint: 'One or several, such as @noor:example.org, with a space or comma in between.',
  empty: 'Please enter the address of the person you want to invite.',
  unreadable: (what: string) =>
    `“${what}” is not a Matrix address. It looks like @noor:example.org.`,
  historyTitle: 'What they will be able to read',
  historyLoading: 'Looking what this room shows newcomers',
  history: {
    all: 'Everything, earlier messages included, as far as you can read them yourself.',
    from_invitation: 'What is written from the moment you invite them. Nothing from before.',
    from_joining: 'What is written from the moment they join. Nothing from before.',
    unverified_device:
      'What is written after they join. This room shows newcomers its history, but only a verified device can hand over the keys to it, and this one is not verified. Verify it first if they should read earlier messages.',
  } satisfies Record<HistoryForInvited, string>,
  historyUnknown: 'Holdfast can’t tell right now what of the history they will be able to read.',
  failed: (count: number) =>
    plural(count, {
      one: 'One person could not be invited',
      other: '# people could not be invited',
    }),
  done: (count: number) =>
    plural(count, { one: 'One person is invited', other: '# people are invited' }),
  invite: 'Invite',
};
