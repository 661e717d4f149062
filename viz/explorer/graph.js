/* To come. */

/** Show it. */
export async function show() {
  return null;
}
