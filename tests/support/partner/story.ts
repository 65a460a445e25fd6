/** What people at a university write to each other, for a demo that looks like a day's work. */

export interface Line {
  /** Which of the partners says it; counted round where there are fewer. */
  readonly by: number;
  readonly body: string;
}

export interface StoryRoom {
  readonly key: 'seminar' | 'coffee' | 'direct';
  readonly name: string | null;
  readonly topic: string | null;
  /** Said before the demo's account has a device: nobody sent it the keys. */
  readonly before: readonly string[];
  /** Said once its first device is there. */
  readonly after: readonly Line[];
}

/** The same day in one language. */
export interface Story {
  readonly rooms: readonly StoryRoom[];
  /** The room the account is invited to, so that there is an invitation to look at. */
  readonly invitation: { readonly name: string; readonly topic: string; readonly welcome: string };
  /** What the partners' device is called. */
  readonly computer: string;
  /** What is looked for in it. */
  readonly names: { readonly seminar: string; readonly task: string };
}

const english: readonly StoryRoom[] = [
  {
    key: 'coffee',
    name: 'Institute coffee',
    topic: 'The machine on the third floor, and everything around it',
    before: [],
    after: [
      { by: 1, body: 'The machine on the third floor is descaled and works again.' },
      { by: 0, body: 'Danke! Wer war so nett?' },
      { by: 1, body: 'The lab course, as a thank-you for the late submissions 😄' },
      { by: 0, body: 'Beans are running low, I put a new list on the fridge.' },
      { by: 1, body: 'Put me down for 5 €.' },
      { by: 0, body: 'Cake in the seminar room at three: Miriam handed in her thesis!' },
      { by: 1, body: 'Glückwunsch, Miriam! 🎉' },
      { by: 0, body: 'There is some left, come before the faculty council does.' },
    ],
  },
  {
    key: 'seminar',
    name: 'Seminar Quantum Field Theory',
    topic: 'Thursdays, 14:15, room 2.107. Sheets, slides, questions',
    before: [
      'Welcome to the seminar. The list of talks follows tomorrow.',
      'Please choose a topic until Friday.',
      'Raum 2.107 ist bestätigt.',
    ],
    after: [
      {
        by: 0,
        body: 'Good morning everyone. The slides of the last session are in the usual place.',
      },
      { by: 1, body: 'Thanks! Is the derivation of the Ward identity on slide 14 complete?' },
      {
        by: 0,
        body: 'Almost: the boundary term is argued away in one line. Worth doing by hand once.',
      },
      { by: 1, body: 'I did it by hand. Twice. With two results.' },
      { by: 0, body: 'Then one of them has a sign. Compare the direction of the momentum.' },
      { by: 1, body: 'Found it. Es ist immer das Vorzeichen.' },
      { by: 0, body: 'Exercise sheet 5 is due on Thursday. Problem 3 may be left out.' },
      { by: 1, body: 'Can we hand it in as a pair?' },
      { by: 0, body: 'In pairs, gladly. Please put both names on the first page.' },
      { by: 1, body: 'The reserve collection has two copies of Weinberg, volume I.' },
      { by: 0, body: 'Und in der Bibliothek liegt noch ein Exemplar von Peskin/Schroeder.' },
      { by: 1, body: 'Reminder: the colloquium starts at 16:15 sharp today, not c.t.' },
      { by: 0, body: 'Next week: renormalisation, first half. Please read chapter 10.1 to 10.3.' },
      { by: 1, body: 'Who brings the adapter for the projector?' },
      { by: 0, body: 'I do. Until Thursday!' },
    ],
  },
  {
    key: 'direct',
    name: null,
    topic: null,
    before: [],
    after: [
      {
        by: 0,
        body: 'Hello! Good that you are here; this is where we can talk about your thesis.',
      },
      { by: 0, body: 'I have read chapter 2. It is in good shape.' },
      {
        by: 0,
        body: 'Two remarks: the normalisation in (2.17), and please cite the original paper.',
      },
      { by: 0, body: 'Noten und Gutachten bitte nur hier, nicht per E-Mail.' },
      { by: 0, body: 'Would Thursday at eleven suit you, in my office?' },
    ],
  },
];

const german: readonly StoryRoom[] = [
  {
    key: 'coffee',
    name: 'Institutskaffee',
    topic: 'Die Maschine im dritten Stock und alles drumherum',
    before: [],
    after: [
      { by: 1, body: 'Die Maschine im dritten Stock ist entkalkt und läuft wieder.' },
      { by: 0, body: 'Danke! Wer war so nett?' },
      { by: 1, body: 'Das Praktikum, als Dank für die verspäteten Abgaben 😄' },
      { by: 0, body: 'Die Bohnen gehen zur Neige, am Kühlschrank hängt eine neue Liste.' },
      { by: 1, body: 'Für mich bitte 5 € eintragen.' },
      { by: 0, body: 'Um drei Kuchen im Seminarraum: Miriam hat abgegeben!' },
      { by: 1, body: 'Glückwunsch, Miriam! 🎉' },
      { by: 0, body: 'Es ist noch etwas da, kommt, bevor der Fakultätsrat kommt.' },
    ],
  },
  {
    key: 'seminar',
    name: 'Seminar Quantenfeldtheorie',
    topic: 'Donnerstags, 14:15, Raum 2.107. Blätter, Folien, Fragen',
    before: [
      'Willkommen im Seminar. Die Vortragsliste folgt morgen.',
      'Bitte wählen Sie bis Freitag ein Thema.',
      'Raum 2.107 ist bestätigt.',
    ],
    after: [
      {
        by: 0,
        body: 'Guten Morgen zusammen. Die Folien der letzten Sitzung liegen am üblichen Ort.',
      },
      { by: 1, body: 'Danke! Ist die Herleitung der Ward-Identität auf Folie 14 vollständig?' },
      {
        by: 0,
        body: 'Fast: Der Randterm wird in einer Zeile wegdiskutiert. Rechnen Sie es einmal von Hand.',
      },
      { by: 1, body: 'Habe ich. Zweimal. Mit zwei Ergebnissen.' },
      { by: 0, body: 'Dann hat eines ein Vorzeichen. Vergleichen Sie die Richtung des Impulses.' },
      { by: 1, body: 'Gefunden. Es ist immer das Vorzeichen.' },
      { by: 0, body: 'Übungsblatt 5 ist am Donnerstag fällig. Aufgabe 3 dürfen Sie auslassen.' },
      { by: 1, body: 'Dürfen wir zu zweit abgeben?' },
      { by: 0, body: 'Zu zweit gern. Bitte beide Namen auf die erste Seite.' },
      { by: 1, body: 'Im Semesterapparat stehen zwei Exemplare von Weinberg, Band I.' },
      { by: 0, body: 'Und in der Bibliothek liegt noch ein Exemplar von Peskin/Schroeder.' },
      { by: 1, body: 'Zur Erinnerung: Das Kolloquium beginnt heute um 16:15 Uhr s. t.' },
      { by: 0, body: 'Nächste Woche: Renormierung, erster Teil. Bitte lesen Sie 10.1 bis 10.3.' },
      { by: 1, body: 'Wer bringt den Adapter für den Beamer mit?' },
      { by: 0, body: 'Ich. Bis Donnerstag!' },
    ],
  },
  {
    key: 'direct',
    name: null,
    topic: null,
    before: [],
    after: [
      {
        by: 0,
        body: 'Hallo! Schön, dass Sie hier sind; hier können wir über Ihre Arbeit sprechen.',
      },
      { by: 0, body: 'Kapitel 2 habe ich gelesen. Es ist in gutem Zustand.' },
      {
        by: 0,
        body: 'Zwei Anmerkungen: die Normierung in (2.17), und bitte zitieren Sie die Originalarbeit.',
      },
      { by: 0, body: 'Noten und Gutachten bitte nur hier, nicht per E-Mail.' },
      { by: 0, body: 'Passt Ihnen Donnerstag um elf, in meinem Büro?' },
    ],
  },
];

export const stories: Readonly<Record<'en' | 'de', Story>> = {
  en: {
    rooms: english,
    invitation: {
      name: 'Reading group: Noether 1918',
      topic: 'Invariante Variationsprobleme, page by page',
      welcome: 'Welcome! We start with page 235. Bring a pencil.',
    },
    computer: 'Office computer',
    names: {
      seminar: 'Seminar Quantum Field Theory',
      task: 'Exercise sheet 5 is due on Thursday. Problem 3 may be left out.',
    },
  },
  de: {
    rooms: german,
    invitation: {
      name: 'Lesekreis: Noether 1918',
      topic: 'Invariante Variationsprobleme, Seite für Seite',
      welcome: 'Willkommen! Wir beginnen auf Seite 235. Bringen Sie einen Bleistift mit.',
    },
    computer: 'Bürorechner',
    names: {
      seminar: 'Seminar Quantenfeldtheorie',
      task: 'Übungsblatt 5 ist am Donnerstag fällig. Aufgabe 3 dürfen Sie auslassen.',
    },
  },
};

/** Minutes of earlier sessions, for a room long enough to scroll back in. */
export function minutes(count: number): readonly Line[] {
  const subjects = ['path integrals', 'Feynman rules', 'gauge fixing', 'ghosts', 'spinors'];
  return Array.from({ length: count }, (_, index) => ({
    by: index,
    body: `Minutes, item ${String(index + 1)}: ${subjects[index % subjects.length] ?? ''}, done.`,
  }));
}
