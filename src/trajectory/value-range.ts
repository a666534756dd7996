/** The range of values that a histogram of a state shows. */
export { RANGE } from '../passes/histogram.ts';
