/* To come. */

import { make } from "./dom.js";

/** Show it. */
export async function show(app, place, into) {
  app.title("span");
  into.append(make("h1", {}, "span"));
}
