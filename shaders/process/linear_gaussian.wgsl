// needs ../grid.wgsl

// The one step that every process and every sampler here is made of, forward or reverse:
//
//     x' = a x + b x0Hat + sum_k c_k slot_k + s z,    z ~ N(0, I)
//
// Slots hold what earlier steps kept, and a step may write one of them. What a row does not need is compiled away by the
// constants below: on software adapters even what is only branched over costs (docs/bench/choices.md). The pass gives a
// source of noise, normal.wgsl or normal_fast.wgsl. Its float64 twin is linearGaussian in tests/reference.

override DRAWS: bool;      // draws noise: s > 0
override LEARNED: bool;    // with a learned variance: spread is not 0
override UNCLIPPED: bool;  // uses x0Hat as it was before clipping
override RECALLS: u32;     // bit k: uses slot k
override KEEPS: bool;      // writes a slot
override KEEPS_X0HAT: bool; // writes x0Hat there, and nothing else

struct Row {
  a: f32,           // weight of the current state
  b: f32,           // weight of the denoiser's x0Hat
  s: f32,           // standard deviation of the new noise; 0 draws none
  spread: f32,      // learned variance: s is multiplied by exp(spread v), v in [0, 1]; 0 for all others
  key: vec2u,       // Threefry key of this step's noise
  keep: u32,        // the slot that is written, where it KEEPS
  first: u32,       // the element of the noise that is this state's first: not 0 for images out of a larger batch
  c: vec4f,         // weights of the four slots
  keptC: vec4f,     // and in what is kept
  kept: vec3f,      // weights of x, x0Hat and unclipped in what is kept
  bUnclipped: f32,  // weight of x0Hat as it was before clipping
}

@group(0) @binding(0) var<uniform> row: Row;                            // chosen by a dynamic offset into the table
@group(0) @binding(1) var<storage, read_write> x: array<vec4f>;         // NCHW, padded to a multiple of 4; then the slots
@group(0) @binding(2) var<storage, read> x0Hat: array<vec4f>;
@group(0) @binding(3) var<storage, read> unclipped: array<vec4f>;
@group(0) @binding(4) var<storage, read> v: array<vec4f>;

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(here: Invocation) {
  let i = gridIndex(here);
  let size = arrayLength(&x0Hat);
  if (i >= size) {
    return;
  }
  // Drawn first, so that what the step remembers does not wait in registers meanwhile (docs/bench/choices.md).
  var noise = vec4f(0.0);
  if (DRAWS) {
    noise = row.s * normal4At(row.key, row.first + 4u * i);
    if (LEARNED) {
      noise *= exp(row.spread * v[i]);
    }
  }
  let now = x[i];
  let answer = x0Hat[i];
  var next = row.a * now + row.b * answer;
  var kept = row.kept.x * now + row.kept.y * answer;
  if (UNCLIPPED) {
    let raw = unclipped[i];
    next += row.bUnclipped * raw;
    kept += row.kept.z * raw;
  }
  if ((RECALLS & 1u) != 0u) {
    let m = x[size + i];
    next += row.c.x * m;
    kept += row.keptC.x * m;
  }
  if ((RECALLS & 2u) != 0u) {
    let m = x[2u * size + i];
    next += row.c.y * m;
    kept += row.keptC.y * m;
  }
  if ((RECALLS & 4u) != 0u) {
    let m = x[3u * size + i];
    next += row.c.z * m;
    kept += row.keptC.z * m;
  }
  if ((RECALLS & 8u) != 0u) {
    let m = x[4u * size + i];
    next += row.c.w * m;
    kept += row.keptC.w * m;
  }
  if (KEEPS) {
    x[(1u + row.keep) * size + i] = select(kept, answer, KEEPS_X0HAT);
  }
  x[i] = next + noise;
}
