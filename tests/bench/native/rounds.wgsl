// needs ../../../shaders/grid.wgsl

// The ceiling for integer arithmetic of the kind that random numbers are made of: additions, rotations and exclusive ors, as
// a round of Threefry has them, in registers.

override LENGTH: u32;

@group(0) @binding(0) var<storage, read_write> words: array<vec4u>;

fn round(x: vec4u, y: vec4u) -> vec4u {
  return ((y << vec4u(13u)) | (y >> vec4u(19u))) ^ x;
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  if (i >= arrayLength(&words)) {
    return;
  }
  var x = words[i];
  var y = x.yzwx;
  for (var k = 0u; k < LENGTH; k++) {
    x += y;
    y = round(x, y);
    x += y;
    y = round(x, y);
    x += y;
    y = round(x, y);
    x += y;
    y = round(x, y);
  }
  words[i] = x ^ y;
}
