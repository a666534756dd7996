/** The exit status of measure.mjs where there is no adapter to measure. */
export const NO_ADAPTER = 3;
