/* To come. */

export const local = {};
