import type { oldKey as english } from '../../en/keys/old-key';
import { grammarOf } from '../../language';

const { plural } = grammarOf('de');

export const oldKey: typeof english = {
  oldKey: {
    title: 'Eine alte Sicherung lesen',
    lead: 'Geben Sie den alten Wiederherstellungsschlüssel oder die alte Sicherheitsphrase ein. Hat der Server die Sicherung noch, die sich damit öffnet, werden ihre Nachrichten hier lesbar.',
    points: [
      'Ihre Schlüssel kommen auf dieses Gerät und von hier in Ihre jetzige Sicherung.',
      'Ihr jetziger Wiederherstellungsschlüssel bleibt, und die alte Sicherung bleibt, wie sie ist.',
      'Eine große Sicherung dauert einige Minuten. Sie können dies inzwischen schließen; das Lesen geht weiter.',
    ],
    submit: 'Alte Sicherung suchen',
    doneTitle: 'Die alte Sicherung wurde gelesen',
    noneTitle: 'In der alten Sicherung ist nichts zu lesen',
    none: 'Ihr Schlüssel stimmt, aber aus dieser Sicherung kam kein Schlüssel einer Nachricht.',
    done: (keys) =>
      plural(keys, {
        one: 'Ein Schlüssel daraus ist jetzt auf diesem Gerät.',
        other: '# Schlüssel daraus sind jetzt auf diesem Gerät.',
      }),
    donePoints: [
      'Nachrichten, die darauf gewartet haben, lassen sich lesen.',
      'Die Schlüssel kommen von selbst in Ihre jetzige Sicherung.',
    ],
    unread: (count) =>
      plural(count, {
        one: 'Ein Schlüssel darin lässt sich nicht lesen. Er bleibt in der alten Sicherung.',
        other: '# Schlüssel darin lassen sich nicht lesen. Sie bleiben in der alten Sicherung.',
      }),
  },
};
