/** Where main serves a picture: under the app's own origin, by the opaque id it lent out. */
export function pictureUrl(id: string | null): string | null {
  return id === null ? null : `media/${encodeURIComponent(id)}`;
}
