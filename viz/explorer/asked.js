/* To come. */

import { make } from "./dom.js";

/** Show it. */
export async function show(app, place, into) {
  app.title("asked");
  into.append(make("h1", {}, "asked"));
}
