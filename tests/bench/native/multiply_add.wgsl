// needs ../../../shaders/grid.wgsl

// The ceiling for float32 arithmetic: two vectors of chains of multiply-adds, in registers.

override LENGTH: u32;

@group(0) @binding(0) var<storage, read_write> sums: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= arrayLength(&sums)) {
    return;
  }
  // Read, so that no compiler can know them.
  let m = sums[i];
  var a = m;
  var b = m.yzwx;
  for (var k = 0u; k < LENGTH; k++) {
    a = a * m + b;
    b = b * m + m;
    a = a * m + m;
    b = b * m + a;
  }
  sums[i] = a + b;
}
