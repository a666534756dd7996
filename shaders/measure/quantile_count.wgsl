// needs ../grid.wgsl, quantile.wgsl

// How many of an image's values that share the digits so far have each value of the next digit. A workgroup counts in its own
// memory first: one global atomic a bin, not one a value.

override VECTORS_PER_INVOCATION: u32;

@group(0) @binding(1) var<storage, read> x: array<vec4u>;  // the bits of floats
@group(0) @binding(2) var<storage, read_write> bins: array<atomic<u32>>;
@group(0) @binding(3) var<storage, read_write> selections: array<Selection>;

var<workgroup> counts: array<atomic<u32>, BINS>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  let number = group.y * groups.x + group.x;
  let image = number / digit.shares;
  if (image >= arrayLength(&selections)) {
    return;
  }
  let begin = image * digit.values;
  let end = begin + digit.values;
  let prefix = selections[image].prefix & digit.settled;
  let span = MAGNITUDE & ~digit.settled;
  let first = begin / 4u + number % digit.shares * WORKGROUP_SIZE * VECTORS_PER_INVOCATION + lane;
  let last = min(first + WORKGROUP_SIZE * VECTORS_PER_INVOCATION, (end + 3u) / 4u);
  var beyond = vec4u(0u);
  for (var i = first; i < last; i += WORKGROUP_SIZE) {
    let bits = x[i] & vec4u(MAGNITUDE);
    // Those of the prefix lie from it to its span; those below wrap round, and are far beyond.
    let offset = bits - vec4u(prefix);
    let place = 4u * i + vec4u(0u, 1u, 2u, 3u);
    let own = (place >= vec4u(begin)) & (place < vec4u(end));
    let counted = own & (offset <= vec4u(span));
    if (any(counted)) {
      let bin = offset >> vec4u(digit.shift);
      for (var k = 0u; k < 4u; k++) {
        if (counted[k]) {
          atomicAdd(&counts[bin[k]], 1u);
        }
      }
    }
    beyond = max(beyond, select(vec4u(0u), ~bits, own & (bits > vec4u(prefix + span))));
  }
  let least = max(max(beyond.x, beyond.y), max(beyond.z, beyond.w));
  if (least > 0u) {
    atomicMax(&selections[image].beyond, least);
  }
  workgroupBarrier();
  for (var bin = lane; bin < BINS; bin += WORKGROUP_SIZE) {
    let n = atomicLoad(&counts[bin]);
    if (n > 0u) {
      atomicAdd(&bins[image * BINS + bin], n);
    }
  }
}
