/** The dialogs that are open, the one above all others last. */
let open = $state.raw<readonly string[]>([]);

/** Puts a dialog above the others; the returned function takes it away. */
export function putOnTop(id: string): () => void {
  open = [...open, id];
  return () => {
    open = open.filter((other) => other !== id);
  };
}

/** Whether another dialog lies over this one. */
export function isCovered(id: string): boolean {
  return open.includes(id) && open.at(-1) !== id;
}

/** Whether this dialog lies over another one. */
export function isOver(id: string): boolean {
  return open.indexOf(id) > 0;
}
