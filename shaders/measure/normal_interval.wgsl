// log P(near < z < near + width) for z ~ N(0, 1), in float32 and as far out as may be: no two CDFs are subtracted. It is
//
//     phi(near) mass(near, width),    mass = integral of exp(-near u - u^2 / 2) du over 0 < u < width,
//
// by Gauss-Legendre quadrature, whose terms are all positive. The float64 twin is logNormalInterval in
// src/diffusion/normal-cdf.ts; measured against 60 digits, errors are below 3e-7 of max(1, |log P|).

const LOG_SQRT_2PI = 0.918938533f;
// A width that stands for an end at infinity: exp(-WIDE^2 / 2) is 0 in float32, WIDE^2 is not infinite.
const WIDE = 1e5f;
// Where exp(-near u - u^2 / 2) has fallen to exp(-18) = 1.5e-8, the rest is left out.
const DECAY = 18.0f;

// The 12 nodes in (0, 1) are 1/2 -+ x; pairs of (x, weight).
const PAIRS = 6u;
var<private> QUADRATURE: array<vec2f, PAIRS> = array(
  vec2f(0.0626167043, 0.124573523),
  vec2f(0.183915749, 0.116746268),
  vec2f(0.293658977, 0.101583713),
  vec2f(0.384951337, 0.0800391643),
  vec2f(0.452058628, 0.053469663),
  vec2f(0.490780317, 0.0235876682),
);

fn mass(near: f32, width: f32) -> f32 {
  // near u + u^2 / 2 = DECAY, solved without a difference.
  let end = min(width, 2.0 * DECAY / (near + sqrt(near * near + 2.0 * DECAY)));
  var sum = 0.0;
  for (var i = 0u; i < PAIRS; i++) {
    let u = end * (0.5 + vec2f(-1.0, 1.0) * QUADRATURE[i].x);
    let heights = exp(-u * (near + 0.5 * u));
    sum += QUADRATURE[i].y * (heights.x + heights.y);
  }
  return end * sum;
}

// log(1 + x) for x > -1: by its series near 0, where 1 + x rounds x away.
fn log1p(x: f32) -> f32 {
  if (abs(x) < 0.02) {
    return x * (1.0 - x * (0.5 - x * (0.333333333 - 0.25 * x)));
  }
  return log(1.0 + x);
}

// P(z > near), near >= 0.
fn tail(near: f32) -> f32 {
  return exp(-0.5 * near * near - LOG_SQRT_2PI) * mass(near, WIDE);
}

fn logNormalInterval(near: f32, width: f32) -> f32 {
  if (near >= 0.0) {
    return log(mass(near, width)) - 0.5 * near * near - LOG_SQRT_2PI;
  }
  let far = near + width;
  if (far <= 0.0) {
    return log(mass(-far, width)) - 0.5 * far * far - LOG_SQRT_2PI;
  }
  let outside = tail(-near) + tail(far);
  if (outside < 0.5) {
    return log1p(-outside);
  }
  return log(mass(0.0, -near) + mass(0.0, far)) - LOG_SQRT_2PI;
}
