// needs local_part.wgsl

// What the local denoiser's passes share: images of the set come eight by eight, as bytes where they are bytes, and what is
// read of them serves BATCH images of the batch.
// What a step costs beside one reading of the set is in docs/bench/choices.md.

struct Level {
  scale: f32,  // alpha times a value of the set is scale v - shift
  shift: f32,
  sharpness: f32,  // 1 / (2 sigma^2), for exp2
  radius: u32,
}

// One value each of eight images of the set.
struct Eight {
  low: vec4f,
  high: vec4f,
}

@group(0) @binding(0) var<uniform> level: Level;  // chosen by a dynamic offset into the table
@group(0) @binding(1) var<uniform> part: Part;
@group(0) @binding(2) var<storage, read> images: array<vec2u>;  // of the set: eights by pixel, then channel

fn bytesOf(v: u32) -> vec4f {
  return vec4f(vec4i(vec4u(v, v >> 8u, v >> 16u, v >> 24u) & vec4u(255u)));
}

fn eightAt(at: u32) -> Eight {
  if (BYTES) {
    let v = images[at];
    return Eight(bytesOf(v.x), bytesOf(v.y));
  }
  let i = 4u * at;
  let low = bitcast<vec4f>(vec4u(images[i], images[i + 1u]));
  let high = bitcast<vec4f>(vec4u(images[i + 2u], images[i + 3u]));
  return Eight(low, high);
}

fn times(sign: f32, v: Eight) -> Eight {
  return Eight(sign * v.low, sign * v.high);
}

// A pixel's channels.
struct Values {
  c0: Eight,
  c1: Eight,
  c2: Eight,
  c3: Eight,
}

fn valuesAt(at: u32) -> Values {
  var values: Values;
  values.c0 = eightAt(at);
  if (CHANNELS > 1u) {
    values.c1 = eightAt(at + 1u);
  }
  if (CHANNELS > 2u) {
    values.c2 = eightAt(at + 2u);
  }
  if (CHANNELS > 3u) {
    values.c3 = eightAt(at + 3u);
  }
  return values;
}
