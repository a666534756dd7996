// DIFFUSCOPE_PORT moves them all, so that two checkouts can run their tests at the same time.
const base = Number(process.env.DIFFUSCOPE_PORT ?? 5180);

/** For `npm start`, for the built site, and for the tests, which may run beside `npm start`. */
export const ports = { dev: base, preview: base + 1, test: base + 2 };
