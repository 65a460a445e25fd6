/** Short, friendly answers. Which one depends on what was said, and on how often one has answered. */

interface Reply {
  readonly to: RegExp;
  readonly with: readonly string[];
}

const replies: readonly Reply[] = [
  { to: /\b(danke|vielen dank|merci)\b/i, with: ['Gern geschehen!', 'Nichts zu danken.'] },
  { to: /\b(thanks|thank you|cheers)\b/i, with: ['You are welcome!', 'Any time.'] },
  {
    to: /\b(key|backup|recovery|verif)/i,
    with: [
      'Keys: yes! Print the recovery key and keep it away from the laptop.',
      'I have mine on paper, in the desk at home. Has saved me once already.',
    ],
  },
  {
    to: /\b(schlüssel|sicherung|wiederherstell)/i,
    with: ['Den Schlüssel am besten ausdrucken und getrennt vom Laptop aufbewahren.'],
  },
  {
    to: /\b(hello|hi|hey|good (morning|afternoon|evening))\b/i,
    with: ['Hello! Good to read you.', 'Hi! How is it going?'],
  },
  {
    to: /\b(hallo|guten (morgen|tag|abend)|moin|servus)\b/i,
    with: ['Hallo! Schön, von Ihnen zu lesen.', 'Guten Tag! Wie läuft es?'],
  },
  { to: /\b(thursday|donnerstag|eleven|elf)\b/i, with: ['Noted. See you then!', 'Ist notiert.'] },
  {
    to: /\?\s*$/,
    with: [
      'Good question. I will look it up and come back to you.',
      'As far as I know: yes. Let me check with the office.',
      'Ich glaube schon, aber ich frage lieber noch einmal nach.',
    ],
  },
];

const otherwise: readonly string[] = [
  'Got it, and it arrived encrypted.',
  'That makes sense.',
  'Verstanden, danke.',
  'Sounds good to me!',
  'Let us talk about it over coffee.',
  'I will bring it up in the seminar.',
];

/** @param answered how many answers were given before */
export function replyTo(body: string, answered: number): string {
  const fitting = replies.find(({ to }) => to.test(body))?.with ?? otherwise;
  return fitting[answered % fitting.length] ?? 'Got it.';
}
