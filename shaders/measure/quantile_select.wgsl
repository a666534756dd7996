// needs ../grid.wgsl, quantile.wgsl

// The next digit of every image's quantile, from the counts of quantile_count.wgsl, which it sets back to 0; after the last
// the quantile itself. One workgroup an image.

@group(0) @binding(1) var<storage, read_write> bins: array<u32>;
@group(0) @binding(2) var<storage, read_write> selections: array<Selection>;
@group(0) @binding(3) var<storage, read_write> quantiles: array<f32>;

var<workgroup> counts: array<u32, BINS>;
var<workgroup> sums: array<u32, WORKGROUP_SIZE>;  // of every lane's bins

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let image = group.y * groups.x + group.x;
  if (image >= arrayLength(&quantiles)) {
    return;
  }
  let own = BINS / WORKGROUP_SIZE;
  var sum = 0u;
  for (var bin = lane * own; bin < (lane + 1u) * own; bin++) {
    counts[bin] = bins[image * BINS + bin];
    bins[image * BINS + bin] = 0u;
    sum += counts[bin];
  }
  sums[lane] = sum;
  workgroupBarrier();
  if (lane > 0u) {
    return;
  }

  var rank = select(selections[image].rank, digit.rank, digit.settled == 0u);
  var bin = 0u;
  for (var k = 0u; k < WORKGROUP_SIZE - 1u && rank >= sums[k]; k++) {
    rank -= sums[k];
    bin += own;
  }
  for (; bin < BINS - 1u && rank >= counts[bin]; bin++) {
    rank -= counts[bin];
  }
  let prefix = (selections[image].prefix & digit.settled) | (bin << digit.shift);
  if (digit.shift > 0u) {
    selections[image].prefix = prefix;
    selections[image].rank = rank;
    return;
  }

  let beyond = atomicExchange(&selections[image].beyond, 0u);
  let low = bitcast<f32>(prefix);
  if (digit.fraction > 0.0) {
    let high = bitcast<f32>(after(prefix, bin, rank, beyond));
    quantiles[image] = low + digit.fraction * (high - low);
  } else {
    quantiles[image] = low;
  }
}

// The bits of the value next in rank: another in the same bin, that of the next bin with any, or the least beyond.
fn after(prefix: u32, bin: u32, rank: u32, beyond: u32) -> u32 {
  if (rank + 1u < counts[bin]) {
    return prefix;
  }
  for (var next = bin + 1u; next < BINS; next++) {
    if (counts[next] > 0u) {
      return prefix + next - bin;
    }
  }
  return ~beyond;
}
