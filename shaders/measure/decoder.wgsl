// needs normal_interval.wgsl

// The decoder p(x_0 | x_1) of one value, in nats, in the three forms of the papers. The value is v = 0 ... 255; as data it is
// f_v = (2v - 255) / levels. The float64 twins are in src/diffusion/decoder.ts.

// Standard deviations of q(x_1 | x_0) within which values are summed; those beyond hold 2e-9 of the probability.
const REACH = 6.0f;
const LAST = 255.0f;

// A factor is a sum of two: x has few enough bits that its product with 2v - 255 is exact, y is what it lacks.

// x - (2v - 255) factor, its leading digits not rounded away.
fn residual(x: f32, v: f32, factor: vec2f) -> f32 {
  let m = 2.0 * v - LAST;
  return (x - m * factor.x) - m * factor.y;
}

// The value nearest to x / factor.
fn nearest(x: f32, factor: vec2f) -> f32 {
  return clamp(floor(0.5 * (x / (factor.x + factor.y) + LAST) + 0.5), 0.0, LAST);
}

// VDM's: p is in proportion to q(x_1 | f_v) = N(alpha_1 f_v, sigma_1^2), normalised over the 256 values (section 3). With
// r and d the distances, in sigma_1, of x_1 from the likeliest value u and of two neighbours from each other, the value
// u + k has the logit -(r - k d)^2 / 2. Taken relative to u's, it is k d (r - k d / 2).
fn logCategorical(v: f32, x1: f32, alphaF: vec2f, sigma1: f32) -> f32 {
  let u = nearest(x1, alphaF);
  let r = residual(x1, u, alphaF) / sigma1;
  let d = 2.0 * (alphaF.x + alphaF.y) / sigma1;
  let reach = ceil(REACH / d) + 1.0;
  let last = min(reach, LAST - u);
  var rest = 0.0;
  for (var k = max(-reach, -u); k <= last; k += 1.0) {
    if (k != 0.0) {
      rest += exp(k * d * (r - 0.5 * k * d));
    }
  }
  let k = v - u;
  return k * d * (r - 0.5 * k * d) - log1p(rest);
}

// DDPM's: the probability that N(mean, sd^2) has in v's bin, the two outermost of which are open (Ho et al. 2020 eq. 13).
fn logDiscretisedGaussian(v: f32, mean: f32, f: vec2f, sd: f32) -> f32 {
  let centre = -residual(mean, v, f) / sd;
  let halfBin = (f.x + f.y) / sd;
  if (v == 0.0) {
    return logNormalInterval(-centre - halfBin, WIDE);
  }
  if (v == LAST) {
    return logNormalInterval(centre - halfBin, WIDE);
  }
  return logNormalInterval(abs(centre) - halfBin, 2.0 * halfBin);
}

// The plain density N(f_v; mean, sd^2).
fn logGaussian(v: f32, mean: f32, f: vec2f, sd: f32) -> f32 {
  let z = residual(mean, v, f) / sd;
  return -0.5 * z * z - log(sd) - LOG_SQRT_2PI;
}
