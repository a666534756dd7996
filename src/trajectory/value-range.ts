/** The range of values that a histogram of a state shows. */
export { RANGE } from '../passes/measure/histogram.ts';
