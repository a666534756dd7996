// needs ../../../shaders/random/threefry.wgsl, ../../../shaders/random/normal.wgsl

// The functions of shaders/random, one call an invocation.

struct Draw {
  key: vec2u,
  counter: vec2u,
}

struct Drawn {
  words: vec2u,   // threefry2x32(key, counter)
  bits: u32,      // randomBits(key, counter.y)
  uniform: f32,   // uniformFromBits(counter.x)
  normal: f32,    // of that uniform
}

@group(0) @binding(0) var<storage, read> draws: array<Draw>;
@group(0) @binding(1) var<storage, read_write> drawn: array<Drawn>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&draws)) {
    return;
  }
  let draw = draws[id.x];
  let u = uniformFromBits(draw.counter.x);
  drawn[id.x] = Drawn(
    threefry2x32(draw.key, draw.counter),
    randomBits(draw.key, draw.counter.y),
    u,
    SQRT2 * erfInv(u),
  );
}
