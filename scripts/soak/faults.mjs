// What of a soak's findings is a fault.

/** Milliseconds that a frame may wait, other than when the device is lost. */
const GAP_MS = 250;
/**
 * On a software adapter the CPU computes what a GPU would, beside whatever else it has to do, and frames wait for that, too:
 * on two cores that others share they wait for 0.5 to 1.3 s. There only a page that stands still is a fault of its own.
 */
const SOFTWARE_GAP_MS = 2000;

/**
 * What has to be as it was, and by how much it may be off. Lit may keep a template's nodes and its listeners, a few: about
 * 220 nodes of 19,000, as many after one minute as after two and a half.
 */
const KEPT = {
  'GPU bytes, the page’s count': 0,
  'GPU bytes of buffers': 0,
  'event listeners': 10,
  nodes: 400,
};

export function faultsOf({ before, after, gaps, errors }, software) {
  const most = software ? SOFTWARE_GAP_MS : GAP_MS;
  const late = gaps.filter(({ ms, doing }) => ms > most && doing !== 'lose the device');
  const kept = Object.entries(KEPT).filter(([name, allowance]) => after[name] > before[name] + allowance);
  return [
    ...errors.map((error) => `logged: ${error}`),
    ...kept.map(([name]) => `kept: ${name}, ${before[name]} before and ${after[name]} after`),
    ...late.map(({ ms, doing }) => `a frame waited ${ms.toFixed(0)} ms (${doing})`),
  ];
}
