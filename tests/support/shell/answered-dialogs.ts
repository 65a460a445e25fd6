/** File dialogs that the test answers; they stay open until it does, as real ones would. */
import type { FileDialogs } from '../../../main/shell/chromium/file-dialogs';
import type { DialogKind, FromChild, ToChild } from './child-messages';

export function answeredDialogs(): FileDialogs {
  const answers: Record<DialogKind, (string | null)[]> = { save: [], open: [] };
  const waiting: Record<DialogKind, ((path: string | null) => void)[]> = { save: [], open: [] };
  process.on('message', (message: ToChild) => {
    if (message.kind !== 'answerDialog') return;
    const settle = waiting[message.dialog].shift();
    if (settle) settle(message.path);
    else answers[message.dialog].push(message.path);
  });
  const ask = (dialog: DialogKind, question: unknown): Promise<string | null> => {
    const asked: FromChild = { kind: 'dialogAsked', dialog, question };
    process.send?.(asked);
    const answer = answers[dialog].shift();
    if (answer !== undefined) return Promise.resolve(answer);
    return new Promise((resolve) => waiting[dialog].push(resolve));
  };
  return {
    save: (question) => ask('save', question),
    open: (question) => ask('open', question),
  };
}
