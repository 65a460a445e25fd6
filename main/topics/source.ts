/** State that windows may watch: a snapshot on subscribing, then changes. */
export interface Source<Message> {
  /** Delivers the snapshot at once, then every change; returns the way to stop. */
  subscribe(listener: (message: Message) => void): () => void;
}
