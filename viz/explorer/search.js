/* To come. */

export function searchBox(app, form) {
  return [app, form];
}
