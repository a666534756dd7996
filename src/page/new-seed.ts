/** Seeds of the page: whole numbers of 32 bits. */
export const SEED_MOST = 0xffffffff;

export const newSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] as number;
