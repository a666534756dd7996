// needs ../../../shaders/measure/normal_interval.wgsl, ../../../shaders/measure/decoder.wgsl

// Runs the decoders of decoder.wgsl on single values.

struct Spec {
  f: vec2f,
  alphaF: vec2f,
  sigma1: f32,
  sd: f32,
}

struct Given {
  v: f32,
  x1: f32,
  mean: f32,
  near: f32,
  width: f32,
}

struct Decoded {
  categorical: f32,
  discretised: f32,
  gaussian: f32,
  interval: f32,
  value: f32,
}

@group(0) @binding(0) var<uniform> spec: Spec;
@group(0) @binding(1) var<storage, read> given: array<Given>;
@group(0) @binding(2) var<storage, read_write> decoded: array<Decoded>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= arrayLength(&given)) {
    return;
  }
  let g = given[id.x];
  decoded[id.x] = Decoded(
    logCategorical(g.v, g.x1, spec.alphaF, spec.sigma1),
    logDiscretisedGaussian(g.v, g.mean, spec.f, spec.sd),
    logGaussian(g.v, g.mean, spec.f, spec.sd),
    logNormalInterval(g.near, g.width),
    nearest(g.mean, spec.f),
  );
}
