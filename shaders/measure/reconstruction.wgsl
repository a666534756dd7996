// needs ../grid.wgsl, decoder.wgsl

// The reconstruction term: the sums of log p(x_0 | x_1) over a state, by three decoders, and of x_0^2, which the prior term
// needs. Data goes to the nearest of its 256 values. The pass gives a leave_sum*.wgsl.

struct Reconstruction {
  f: vec2f,        // 1 / levels, as a factor of decoder.wgsl
  alphaF: vec2f,   // alpha_1 / levels
  sigma1: f32,     // x_1 = alpha_1 x_0 + sigma_1 epsilon
  sd: f32,         // of the Gaussian decoders, whose mean is x0Hat
  values: u32,     // how many of the state are data; the rest is padding
}

@group(0) @binding(0) var<uniform> spec: Reconstruction;
@group(0) @binding(1) var<storage, read> x1: array<f32>;
@group(0) @binding(2) var<storage, read> x0: array<f32>;
@group(0) @binding(3) var<storage, read> x0Hat: array<f32>;
@group(0) @binding(4) var<storage, read_write> partials: array<vec4f>;  // this term's are the first

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  var sum = vec4f(0.0);
  for (var i = group.x * WORKGROUP_SIZE + lane; i < spec.values; i += groups.x * WORKGROUP_SIZE) {
    let v = nearest(x0[i], spec.f);
    sum += vec4f(
      logCategorical(v, x1[i], spec.alphaF, spec.sigma1),
      logDiscretisedGaussian(v, x0Hat[i], spec.f, spec.sd),
      logGaussian(v, x0Hat[i], spec.f, spec.sd),
      x0[i] * x0[i],
    );
  }
  leaveSum(0u, group.x, lane, sum);
}
