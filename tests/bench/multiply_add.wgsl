// needs ../../shaders/grid.wgsl

// Chains of multiply-adds that wait for nothing but themselves: the ceiling of operations a second.

override CHAIN: u32;  // multiply-adds of each of the eight chains of an invocation

@group(0) @binding(0) var<storage, read> x: array<vec4f>;
@group(0) @binding(1) var<storage, read_write> y: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= arrayLength(&x)) {
    return;
  }
  // Values that the compiler cannot know, near which the chains neither vanish nor overflow.
  let factor = 1.0 - 1e-7 * x[i].x;
  let offset = 1e-7 * x[i].y;
  var p = x[i];
  var q = x[i].wzyx;
  for (var k = 0u; k < CHAIN; k += 4u) {
    p = p * factor + offset;
    q = q * factor + offset;
    p = p * factor + offset;
    q = q * factor + offset;
    p = p * factor + offset;
    q = q * factor + offset;
    p = p * factor + offset;
    q = q * factor + offset;
  }
  y[i] = p + q;
}
