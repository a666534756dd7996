// needs ../grid.wgsl

// How far p(x_s | x_t) is from q(x_s | x_t, x_0), s = t - 1: three sums of squares over a state, each of which gives the same
// KL divergence in its own way (Ho et al. 2020 eq. 8; VDM section 4). The pass gives a leave_sum*.wgsl.

struct Term {
  a: f32,       // the posterior's weights: mu = a x_t + b x_0
  b: f32,
  alpha: f32,   // x_t = alpha x_0 + sigma epsilon
  sigma: f32,
  values: u32,  // how many of the state are data; the rest is padding
  first: u32,   // where this term's partial sums begin
}

@group(0) @binding(0) var<uniform> term: Term;  // chosen by a dynamic offset into the table
@group(0) @binding(1) var<storage, read> x: array<vec4f>;
@group(0) @binding(2) var<storage, read> x0: array<vec4f>;
@group(0) @binding(3) var<storage, read> x0Hat: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> partials: array<vec4f>;

// (p + q) - (p + qHat). Where p is much the larger, both sums round q away; what they lose is brought back (Dekker 1971).
fn difference(p: vec4f, q: vec4f, qHat: vec4f) -> vec4f {
  let sum = p + q;
  let sumHat = p + qHat;
  let lost = q - (sum - p);
  let lostHat = qHat - (sumHat - p);
  return (sum - sumHat) + (lost - lostHat);
}

fn across(v: vec4f) -> f32 {
  return (v.x + v.y) + (v.z + v.w);
}

@compute @workgroup_size(WORKGROUP_SIZE)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) lane: u32,
) {
  var ofMeans = vec4f(0.0);  // (mu_q - mu_p)^2
  var ofX0 = vec4f(0.0);     // (x_0 - x0Hat)^2
  var ofNoise = vec4f(0.0);  // (epsilon - epsilonHat)^2
  let vectors = (term.values + 3u) / 4u;
  for (var i = group.x * WORKGROUP_SIZE + lane; i < vectors; i += groups.x * WORKGROUP_SIZE) {
    let xt = x[i];
    let exact = x0[i];
    let isData = vec4u(4u * i) + vec4u(0u, 1u, 2u, 3u) < vec4u(term.values);
    let hat = select(exact, x0Hat[i], isData);
    let means = difference(term.a * xt, term.b * exact, term.b * hat);
    let noise = difference(xt, -term.alpha * exact, -term.alpha * hat) / term.sigma;
    ofMeans += means * means;
    ofX0 += (exact - hat) * (exact - hat);
    ofNoise += noise * noise;
  }
  leaveSum(term.first, group.x, lane, vec4f(across(ofMeans), across(ofX0), across(ofNoise), 0.0));
}
